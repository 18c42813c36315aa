import { ApiError } from "../contract/errors.ts";
import type { Database } from "../database.ts";
import type { Log } from "../log.ts";
import { type ApiKey, createFindApiKey } from "./api_keys.ts";
import { createNoteKeyUse } from "./key_usage.ts";
import { rememberTokens } from "./remembered_tokens.ts";
import { createVerifyUserToken, type TokenSettings } from "./user_token.ts";

/** Who makes a request: a signed-in user, through an app that has a key. */
export interface Caller {
  readonly userId: string;
  readonly apiKey: ApiKey;
}

/** Resolves the caller of a request, or throws an ApiError (401, 403). */
export type Authenticate = (headers: Headers) => Promise<Caller>;

export function createAuthenticate(
  sql: Database,
  tokens: TokenSettings,
  log: Log,
): Authenticate {
  const findApiKey = createFindApiKey(sql, { noteUse: createNoteKeyUse(sql, { log }) });
  const verifyUserToken = rememberTokens(createVerifyUserToken(tokens));
  return async (headers) => {
    // The token first: it costs no query, so that strangers cost none.
    const userId = await verifyUserToken(bearerToken(headers));
    const apiKey = await findApiKey(headers.get("x-api-key") ?? "");
    if (!apiKey) {
      throw new ApiError("unauthorized", "Missing or invalid API key");
    }
    return { userId, apiKey };
  };
}

function bearerToken(headers: Headers): string {
  const [scheme, token, ...rest] = headers.get("authorization")?.split(" ") ?? [];
  if (scheme?.toLowerCase() === "bearer" && token && rest.length === 0) {
    return token;
  }
  throw new ApiError("unauthorized", "Missing or invalid token");
}
