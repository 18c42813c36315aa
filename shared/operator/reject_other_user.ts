import { ApiError } from "../contract/errors.ts";

/** The refusal of a user who is no operator. */
export function rejectOtherUser(): ApiError {
  return new ApiError(
    "forbidden",
    "Only operators may do this: users with app_metadata.role = 'operator'",
  );
}
