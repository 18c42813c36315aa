import type { JWTPayload } from "jose";
import { ApiError } from "../contract/errors.ts";
import { tokenChallenge } from "./challenge.ts";

/**
 * The longest life that Supabase lets a project give its access tokens: one week; it gives them an hour
 * unless told (`auth.jwt_expiry`, https://supabase.com/docs/guides/local-development/cli/config). So no
 * token of Auth is refused, and one that was made up with a stolen key is of no use for ever.
 */
export const LONGEST_TOKEN_SECONDS = 604_800;

/**
 * Throws an ApiError (401) if a token is good for longer than is accepted: from when it was issued, or
 * from now. One that does not say when it was issued cannot be judged, and is refused.
 *
 * @param nowSeconds Seconds since 1970, as in the token.
 * @param toleranceSeconds By how much Auth's clock and ours may differ.
 */
export function checkTokenLife(
  { iat, exp = Infinity }: JWTPayload,
  maxSeconds: number,
  nowSeconds: number,
  toleranceSeconds: number,
): void {
  if (typeof iat !== "number") {
    throw new ApiError(
      "unauthorized",
      "Missing or invalid token: it does not say when it was issued (iat); sign in again",
      { challenge: tokenChallenge("invalid") },
    );
  }
  if (exp - iat > maxSeconds || exp - nowSeconds > maxSeconds + toleranceSeconds) {
    throw new ApiError(
      "unauthorized",
      `Missing or invalid token: it is good for longer than the ${maxSeconds} s that are accepted; ` +
        "sign in again",
      { challenge: tokenChallenge("invalid") },
    );
  }
}
