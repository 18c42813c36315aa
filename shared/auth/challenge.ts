import { ApiError, type ApiErrorOptions } from "../contract/errors.ts";

/** What can be wrong with a key. One that is revoked or expired is told so to whoever has all of it. */
export type KeyProblem = "missing" | "malformed" | "unknown" | "revoked" | "expired";

/** What can be wrong with a user's token. */
export type TokenProblem = "missing" | "malformed" | "expired" | "invalid";

const TOKEN_WORDS: Readonly<Record<TokenProblem, string>> = {
  missing: "The header Authorization: Bearer TOKEN is missing",
  malformed: "This is no token",
  expired: "The token has expired: have the client refresh it",
  invalid: "The token is not one of a user of this project",
};

const KEY_WORDS: Readonly<Record<KeyProblem, string>> = {
  missing: "The header X-API-Key is missing",
  malformed: "This is no key: it was cut off or mistyped",
  unknown: "There is no such key here",
  revoked: "The key was revoked",
  expired: "The key has expired",
};

/**
 * The refusal of a key. Its body is the API guide's, word for word; the header says what is wrong and
 * which header it is about.
 */
export function rejectKey(problem: KeyProblem): ApiError {
  const challenge = `ApiKey header="X-API-Key", error="${problem}", error_description="${
    KEY_WORDS[problem]
  }"`;
  return new ApiError("unauthorized", "Missing or invalid API key", { challenge });
}

/** The same of a user's token, as RFC 6750 has it. */
export function rejectToken(problem: TokenProblem, options: ApiErrorOptions = {}): ApiError {
  const challenge = tokenChallenge(problem);
  return new ApiError("unauthorized", "Missing or invalid token", { ...options, challenge });
}

/** The header alone. */
export function tokenChallenge(problem: TokenProblem): string {
  // Who sent none has made no mistake that has a code.
  const error = problem === "missing" ? "" : ` error="invalid_token",`;
  return `Bearer${error} error_description="${TOKEN_WORDS[problem]}"`;
}
