import type { ReserveMemory } from "../../../../shared/providers/adapter.ts";
import type { MemorySemaphore } from "../memory_semaphore.ts";

/** Runs a step, and gives back what memory it has reserved when it has ended, however it ends. */
export async function withMemory<T>(
  semaphore: MemorySemaphore,
  signal: AbortSignal,
  runStep: (reserveMemory: ReserveMemory) => Promise<T>,
): Promise<T> {
  let release: (() => void) | undefined;
  try {
    return await runStep(async (bytes) => {
      // Two steps that wait for more while they hold some could wait for each other.
      if (release) throw new Error("A step reserves memory once");
      release = await semaphore.acquire(bytes, signal);
    });
  } finally {
    release?.();
  }
}
