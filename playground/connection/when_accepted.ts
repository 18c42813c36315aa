import type { Generation } from "@makeit3d/client";

/** Calls once the backend is known to have the task, with its id. Returns how to stop that. */
export function whenAccepted(generation: Generation, tell: (id: string) => void): () => void {
  if (generation.id !== undefined) {
    tell(generation.id);
    return () => {};
  }
  const leave = generation.subscribe(() => {
    if (generation.id === undefined) return;
    leave();
    tell(generation.id);
  });
  return leave;
}
