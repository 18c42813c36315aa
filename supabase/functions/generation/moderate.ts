import { ApiError } from "../../../shared/contract/errors.ts";
import type { LocatedCommand } from "../../../shared/generation/input_assets.ts";
import type { Moderation } from "../../../shared/moderation/moderation.ts";
import type { CallerTasks, Submission, Submitter } from "../../../shared/tasks/caller_tasks.ts";

export interface ModerateDependencies {
  readonly moderation: Moderation;
  readonly tasks: Pick<CallerTasks, "findReplay" | "checkLimits" | "countRefusal">;
}

/**
 * Checks the content of a request. Returns its task if it was accepted before, and then asks nobody;
 * throws an ApiError if it is not to be accepted. A refusal counts for the user.
 */
export type Moderate = (
  located: LocatedCommand,
  caller: Pick<Submitter, "userId" | "apiKeyId">,
) => Promise<Submission | undefined>;

export function createModerate({ moderation, tasks }: ModerateDependencies): Moderate {
  return async (located, { userId, apiKeyId }) => {
    const replay = await tasks.findReplay(located.command, userId);
    if (replay) return replay;
    // The service takes so many questions a minute: one user must not use them up for all.
    await tasks.checkLimits(userId, apiKeyId);
    try {
      await moderation.check(located, userId);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.code === "content_refused";
      if (isRefused) await tasks.countRefusal(userId);
      throw error;
    }
  };
}
