import { ApiError } from "../../../shared/contract/errors.ts";
import type { GenerationCommand } from "../../../shared/generation/command.ts";
import {
  checkInputAssets,
  type LocatedCommand,
  locateInputAssets,
} from "../../../shared/generation/input_assets.ts";
import { fitsIsolate, isolateSecondsFor } from "../../../shared/isolate.ts";
import type { ProviderId } from "../../../shared/providers/catalog.ts";
import type { AssetLookup } from "../../../shared/storage/asset_lookup.ts";
import type { CheckedInput } from "../../../shared/storage/checked_input.ts";
import type { CallerTasks, Submission, Submitter } from "../../../shared/tasks/caller_tasks.ts";
import { checkTaskReferences } from "../../../shared/tasks/task_references.ts";
import type { Moderate } from "./moderate.ts";

/** Until an operator has changed the settings. */
const AVAILABLE_AGAIN_SECONDS = 60;

export interface AcceptDependencies {
  readonly tasks: Pick<CallerTasks, "submit" | "findReplay" | "ownsProviderTask">;
  readonly assets: AssetLookup;
  /** Undefined where content is not checked. */
  readonly moderate?: Moderate | undefined;
  /** Whether the provider has a key here. */
  isAvailable(provider: ProviderId): boolean;
  /** Life of an isolate: what takes longer cannot be done here. */
  readonly isolateSeconds: number;
  /** URLs the project is known under; apps use the first. */
  readonly projectUrls: readonly [string, ...string[]];
}

export interface Accepted {
  readonly submission: Submission;
  /** Parameters that were mapped or ignored. */
  readonly warnings: readonly string[];
}

/**
 * Checks what a command names and submits it as a task. A command that was accepted before stays
 * accepted, even if its input is gone by now. Throws an ApiError if it cannot be accepted.
 */
export async function accept(
  command: GenerationCommand,
  caller: Omit<Submitter, "inputs">,
  dependencies: AcceptDependencies,
): Promise<Accepted> {
  const located = locateInputAssets(command, dependencies.projectUrls);
  rejectUnavailable(command, dependencies);
  const accepted = await submit(located, caller, dependencies);
  rejectConflict(command, accepted.submission);
  return accepted;
}

function rejectUnavailable(
  { operation, provider, maxCallSeconds }: GenerationCommand,
  { isAvailable, isolateSeconds }: AcceptDependencies,
): void {
  if (!isAvailable(provider)) {
    throw new ApiError("unavailable", `Provider ${provider} is not available here`, {
      retryAfterSeconds: AVAILABLE_AGAIN_SECONDS,
    });
  }
  if (!fitsIsolate(maxCallSeconds, isolateSeconds)) {
    const needed = Math.ceil(isolateSecondsFor(maxCallSeconds, isolateSeconds));
    const message = `${operation} with ${provider} is not available here: a call may take ` +
      `${maxCallSeconds} s and needs functions that live for ${needed} s; here they live for ` +
      `${isolateSeconds} s (ISOLATE_SECONDS; 400 on a paid plan). Choose another provider`;
    throw new ApiError("unavailable", message, { retryAfterSeconds: AVAILABLE_AGAIN_SECONDS });
  }
}

async function submit(
  located: LocatedCommand,
  caller: Omit<Submitter, "inputs">,
  { tasks, assets, moderate }: AcceptDependencies,
): Promise<Accepted> {
  const { command } = located;
  const { userId } = caller;
  let ignored: readonly string[];
  let inputs: readonly CheckedInput[];
  try {
    [ignored, inputs] = await Promise.all([
      checkTaskReferences(command, userId, tasks),
      checkInputAssets(located, userId, assets),
    ]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const replay = await tasks.findReplay(command, userId);
    if (!replay) throw error;
    return { submission: replay, warnings: command.warnings };
  }
  const submission = await moderate?.(located, caller) ??
    await tasks.submit(command, { ...caller, inputs });
  return { submission, warnings: [...ignored, ...command.warnings] };
}

function rejectConflict({ clientTaskId }: GenerationCommand, { id, conflicts }: Submission): void {
  if (conflicts.length === 0) return;
  throw new ApiError(
    "task_id_conflict",
    `task_id ${JSON.stringify(clientTaskId)} belongs to another request (${id}); ` +
      `it differs in ${conflicts.join(", ")}. Use a new task_id`,
    {
      details: conflicts.map((field) => ({ field, message: "Differs from the accepted request" })),
    },
  );
}
