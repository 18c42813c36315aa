import type { Database } from "../database.ts";
import type { Log } from "../log.ts";
import { type ApiKey, createApiKeys } from "./api_keys.ts";
import { rejectKey, rejectToken } from "./challenge.ts";
import { createKeyUsage } from "./key_usage.ts";
import { rememberTokens } from "./remembered_tokens.ts";
import type { UserLimit } from "./user_limit.ts";
import { createTokenVerifier, type TokenSettings, type TokenUser } from "./user_token.ts";

/** Who makes a request: a signed-in user, through an app that has a key. */
export interface Caller extends TokenUser {
  readonly apiKey: ApiKey;
}

export interface Authenticator {
  /**
   * Returns the caller of a request, and counts it. Throws an ApiError for any other (401, 403, 503), and
   * for one request too many (429).
   */
  authenticate(headers: Headers): Promise<Caller>;
}

export function createAuthenticator(
  sql: Database,
  tokens: TokenSettings,
  log: Log,
  requests: UserLimit,
): Authenticator {
  const apiKeys = createApiKeys(sql, { recordUse: createKeyUsage(sql, { log }) });
  const userTokens = rememberTokens(createTokenVerifier(tokens));
  return {
    async authenticate(headers) {
      // The token first: it costs no query, so that strangers cost none.
      const user = await userTokens.verify(bearerToken(headers));
      requests.take(user.userId);
      const apiKey = await apiKeys.find(headers.get("x-api-key") ?? "");
      if (typeof apiKey === "string") throw rejectKey(apiKey);
      return { ...user, apiKey };
    },
  };
}

/** One blank or more stand between scheme and token: RFC 9110, 11.4. */
function bearerToken(headers: Headers): string {
  const header = headers.get("authorization")?.trim();
  if (!header) throw rejectToken("missing");
  const [scheme, token, ...rest] = header.split(/ +/);
  if (scheme?.toLowerCase() === "bearer" && token && rest.length === 0) {
    return token;
  }
  throw rejectToken("malformed");
}
