import { decodeJwt } from "jose/jwt/decode";
import type { VerifyUserToken } from "./user_token.ts";

const MEMORY_MILLISECONDS = 60_000;
const MEMORY_TOKENS = 1_000;

/**
 * Verifies a token once for many requests. A token is never believed for longer than it says itself,
 * and a refusal is not remembered.
 */
export function rememberTokens(
  verify: VerifyUserToken,
  now: () => number = Date.now,
): VerifyUserToken {
  const remembered = new Map<string, { readonly userId: string; readonly until: number }>();

  function remember(token: string, userId: string): void {
    const { exp = Infinity } = decodeJwt(token);
    const until = Math.min(now() + MEMORY_MILLISECONDS, exp * 1_000);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= MEMORY_TOKENS) remembered.delete(oldest);
    remembered.set(token, { userId, until });
  }

  return async (token) => {
    const known = remembered.get(token);
    if (known && now() < known.until) return known.userId;
    remembered.delete(token);
    const userId = await verify(token);
    remember(token, userId);
    return userId;
  };
}
