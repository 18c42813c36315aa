import { ApiError } from "../../../shared/contract/errors.ts";
import type { CheckAssets } from "../../../shared/generation/check_assets.ts";
import type { LocatedCommand } from "../../../shared/generation/locate_assets.ts";
import type { CheckTaskReferences } from "../../../shared/tasks/task_references.ts";
import type {
  FindReplay,
  Submission,
  SubmitTask,
  Submitter,
} from "../../../shared/tasks/submit_task.ts";

export interface SubmitDependencies {
  readonly checkTaskReferences: CheckTaskReferences;
  readonly checkAssets: CheckAssets;
  readonly findReplay: FindReplay;
  readonly submitTask: SubmitTask;
}

export interface Submitted {
  readonly submission: Submission;
  /** Parameters that were mapped or ignored. */
  readonly warnings: readonly string[];
}

/**
 * Checks what a command names and submits it. What was accepted once stays accepted, even if its input
 * is gone by now.
 */
export async function submit(
  located: LocatedCommand,
  caller: Omit<Submitter, "inputBytes">,
  { checkTaskReferences, checkAssets, findReplay, submitTask }: SubmitDependencies,
): Promise<Submitted> {
  const { command } = located;
  const { userId } = caller;
  let ignored: readonly string[];
  let inputBytes: number;
  try {
    [ignored, inputBytes] = await Promise.all([
      checkTaskReferences(command, userId),
      checkAssets(located, userId),
    ]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const replay = await findReplay(command, userId);
    if (!replay) throw error;
    return { submission: replay, warnings: command.warnings };
  }
  const submission = await submitTask(command, { ...caller, inputBytes });
  return { submission, warnings: [...ignored, ...command.warnings] };
}
