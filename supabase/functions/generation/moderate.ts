import { ApiError } from "../../../shared/contract/errors.ts";
import type { LocatedCommand } from "../../../shared/generation/input_assets.ts";
import type { Moderation } from "../../../shared/moderation/moderation.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import type { Submission, Submitter } from "../../../shared/tasks/submits.ts";

export interface ModerateDependencies {
  readonly moderation: Moderation;
  readonly tasks: Pick<CallerTasks, "dryRun" | "countRefusal">;
}

/**
 * Checks the content of a request. Returns its task if it was accepted before, and then asks nobody;
 * throws an ApiError if it is not to be accepted. A refusal counts for the user.
 */
export type Moderate = (
  located: LocatedCommand,
  submitter: Submitter,
) => Promise<Submission | undefined>;

export function createModerate({ moderation, tasks }: ModerateDependencies): Moderate {
  return async (located, submitter) => {
    // The service takes so many questions a minute: none is asked about what would be refused anyway.
    const { replay } = await tasks.dryRun(located.command, submitter);
    if (replay) return replay;
    try {
      await moderation.check(located, submitter.userId);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.code === "content_refused";
      if (isRefused) await tasks.countRefusal(submitter.userId);
      throw error;
    }
  };
}
