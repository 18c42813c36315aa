import type { MakeIt3DError } from "./errors.ts";

/** Called with what is in the way while the client goes on trying, and with undefined when it is over. */
export type OnProblem = (problem: MakeIt3DError | undefined) => void;

/** Tells of several things at once as of one: it is over when it is over for all of them. */
export function together(onProblem: OnProblem): () => OnProblem {
  const known = new Map<OnProblem, MakeIt3DError>();
  return () => {
    const note: OnProblem = (problem) => {
      if (problem) known.set(note, problem);
      else known.delete(note);
      onProblem(problem ?? [...known.values()].at(-1));
    };
    return note;
  };
}
