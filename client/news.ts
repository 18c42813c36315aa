import type { Generation } from "./generation.ts";
import type { GenerateOptions } from "./options.ts";

/** Tells an app where a generation stands, and what is in its way. Returns how to stop that. */
export function tellNews(
  generation: Generation,
  { onUpdate, onProblem }: Pick<GenerateOptions, "onUpdate" | "onProblem">,
): () => void {
  if (!onUpdate && !onProblem) return () => {};
  let { task } = generation;
  let problem = passing(generation);
  const leave = generation.subscribe(() => {
    const known = { task, problem };
    ({ task } = generation);
    problem = passing(generation);
    if (task && task !== known.task) onUpdate?.(task);
    if (problem !== known.problem) onProblem?.(problem);
  });
  return () => {
    leave();
    if (problem) onProblem?.(undefined);
  };
}

/** What is in the way for good is the error that it ends with. */
function passing({ problem }: Generation): Generation["problem"] {
  return problem?.isRetryable ? problem : undefined;
}
