import { ApiError, type ApiErrorOptions } from "../contract/errors.ts";
import type { CredentialKind } from "./credential_kind.ts";

/** What can be wrong with a key. One that is revoked or expired is told so to whoever has all of it. */
export type KeyProblem =
  | "missing"
  | "malformed"
  | "unknown"
  | "revoked"
  | "expired"
  | Exclude<CredentialKind, "api_key">;

/** What can be wrong with a user's token. */
export type TokenProblem =
  | "missing"
  | "malformed"
  | "expired"
  | "invalid"
  | Exclude<CredentialKind, "user_token">;

const SIGN_IN = "sign the user in, and send the access token of the session";
const OWN_KEY = "send the key that deno task keys has made for this app";

const TOKEN_WORDS: Readonly<Record<TokenProblem, string>> = {
  missing: "The header Authorization: Bearer TOKEN is missing",
  malformed: "This is no token",
  expired: "The token has expired: have the client refresh it",
  invalid: "The token is not one of a user of this project",
  publishable_key: `This is a publishable key, and no token of a user: ${SIGN_IN}`,
  secret_key: `This is a secret key, which no app may have, and no token of a user: ${SIGN_IN}`,
  api_key: `This is an API key, which belongs in X-API-Key, and no token of a user: ${SIGN_IN}`,
};

const KEY_WORDS: Readonly<Record<KeyProblem, string>> = {
  missing: "The header X-API-Key is missing",
  malformed: "This is no key: it was cut off or mistyped",
  unknown: "There is no such key here",
  revoked: "The key was revoked",
  expired: "The key has expired",
  publishable_key: `This is a publishable key, which belongs in apikey: ${OWN_KEY}`,
  secret_key: `This is a secret key, which no app may have: ${OWN_KEY}`,
  user_token: `This is the token of a user, which belongs in Authorization: ${OWN_KEY}`,
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
