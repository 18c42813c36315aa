import { decodeJwt } from "jose/jwt/decode";
import type { TokenUser, TokenVerifier } from "./user_token.ts";

const CACHE_TTL_MILLISECONDS = 60_000;
const CACHE_ENTRIES = 1_000;

/**
 * Verifies a token once for many requests. A token is never remembered beyond its own expiry, and a
 * rejection is not remembered.
 */
export function rememberTokens(
  verifier: TokenVerifier,
  now: () => number = Date.now,
): TokenVerifier {
  const remembered = new Map<string, { readonly user: TokenUser; readonly until: number }>();

  function remember(token: string, user: TokenUser): void {
    const { exp = Infinity } = decodeJwt(token);
    const until = Math.min(now() + CACHE_TTL_MILLISECONDS, exp * 1_000);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= CACHE_ENTRIES) remembered.delete(oldest);
    remembered.set(token, { user, until });
  }

  return {
    async verify(token) {
      const known = remembered.get(token);
      if (known && now() < known.until) return known.user;
      remembered.delete(token);
      const user = await verifier.verify(token);
      remember(token, user);
      return user;
    },
  };
}
