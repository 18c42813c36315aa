import { ApiError } from "../../../shared/contract/errors.ts";
import type { GenerationCommand } from "../../../shared/generation/command.ts";
import { checkInputAssets } from "../../../shared/generation/check_input_assets.ts";
import { type LocatedCommand, locateInputAssets } from "../../../shared/generation/input_assets.ts";
import { fitsIsolate, isolateSecondsFor } from "../../../shared/isolate.ts";
import type { ProviderId } from "../../../shared/providers/catalog.ts";
import type { AssetLookup } from "../../../shared/storage/asset_lookup.ts";
import type { CheckedInput } from "../../../shared/storage/checked_input.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import type { Submission, Submitter } from "../../../shared/tasks/submits.ts";
import { checkTaskReferences } from "../../../shared/tasks/task_references.ts";
import type { UserQuota } from "../../../shared/tasks/user_quota.ts";
import type { Moderate } from "./moderate.ts";

/** Until an operator has changed the settings. */
const AVAILABLE_AGAIN_SECONDS = 60;

export interface AcceptDependencies {
  readonly tasks: Pick<
    CallerTasks,
    "submit" | "dryRun" | "quota" | "findReplay" | "ownsProviderTask"
  >;
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

/** What a dry run tells of a request that would be accepted. */
export interface DryRunAnswer {
  /** The task that it was accepted as before; undefined if it would be a new one. */
  readonly replay: Submission | undefined;
  readonly expectedStartSeconds: number;
  readonly quota: UserQuota;
  /** Parameters that would be mapped or ignored. */
  readonly warnings: readonly string[];
}

/** Who asks, and with which request. */
export type RequestCaller = Omit<Submitter, "inputs">;

/**
 * Checks what a command names and submits it as a task. A command that was accepted before stays
 * accepted, even if its input is gone by now. Throws an ApiError if it cannot be accepted.
 */
export async function accept(
  command: GenerationCommand,
  caller: RequestCaller,
  dependencies: AcceptDependencies,
): Promise<Accepted> {
  const { located, inputs, replay, warnings } = await check(command, caller, dependencies);
  const { tasks, moderate } = dependencies;
  const submitter = { ...caller, inputs };
  const submission = replay ?? await moderate?.(located, submitter) ??
    await tasks.submit(located.command, submitter);
  rejectConflict(command, submission);
  return { submission, warnings };
}

/**
 * Decides about a command as `accept` does, and leaves nothing behind. The service that checks content
 * is not asked: it takes so many questions a minute, and its refusals count for the user.
 */
export async function dryRun(
  command: GenerationCommand,
  caller: RequestCaller,
  dependencies: AcceptDependencies,
): Promise<DryRunAnswer> {
  const { located, inputs, replay, warnings } = await check(command, caller, dependencies);
  const { tasks } = dependencies;
  const decided = replay
    ? { replay, expectedStartSeconds: 0 }
    : await tasks.dryRun(located.command, { ...caller, inputs });
  if (decided.replay) rejectConflict(command, decided.replay);
  return { ...decided, quota: await tasks.quota(caller.userId, caller.plan), warnings };
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

interface Checked {
  readonly located: LocatedCommand;
  readonly inputs: readonly CheckedInput[];
  /** Present where the command was accepted before, and could not be now. */
  readonly replay?: Submission;
  readonly warnings: readonly string[];
}

async function check(
  command: GenerationCommand,
  { userId }: RequestCaller,
  dependencies: AcceptDependencies,
): Promise<Checked> {
  const { tasks, assets, projectUrls } = dependencies;
  const located = locateInputAssets(command, projectUrls);
  rejectUnavailable(command, dependencies);
  try {
    const [ignored, { inputs, warnings }] = await Promise.all([
      checkTaskReferences(located.command, userId, tasks),
      checkInputAssets(located, userId, assets),
    ]);
    return { located, inputs, warnings: [...ignored, ...command.warnings, ...warnings] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const replay = await tasks.findReplay(located.command, userId);
    if (!replay) throw error;
    return { located, inputs: [], replay, warnings: command.warnings };
  }
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
