import { rejectToken } from "../auth/challenge.ts";
import type { ApiError } from "../contract/errors.ts";

/** The error of a user who is gone: a token outlives the account it was made for. */
export function rejectDeletedUser(cause?: unknown): ApiError {
  return rejectToken("invalid", { cause });
}
