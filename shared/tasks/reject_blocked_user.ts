import { ApiError } from "../contract/errors.ts";

/** The error of a user whom an operator has blocked, or Auth has banned. The reason is not told. */
export function rejectBlockedUser(): ApiError {
  return new ApiError("forbidden", "This account is blocked");
}
