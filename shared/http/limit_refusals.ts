import type { UserLimit } from "../auth/user_limit.ts";
import { API_ERROR_STATUS, ApiError } from "../contract/errors.ts";

/**
 * Does the work of a request, unless too many of the user's were refused of late: then it throws an
 * ApiError (429) instead, before the work has cost a look-up. What is under way counts as refused until
 * it is known, so that many at once are bounded, too. Failures of ours do not count.
 */
export async function limitRefusals<T>(
  refusals: UserLimit,
  userId: string,
  work: () => Promise<T>,
): Promise<T> {
  refusals.take(userId);
  try {
    const result = await work();
    refusals.giveBack(userId);
    return result;
  } catch (error) {
    if (!isRefusal(error)) refusals.giveBack(userId);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && API_ERROR_STATUS[error.code] < 500;
}
