import type { JSONWebKeySet, JWTPayload } from "jose";
import { decodeProtectedHeader } from "jose/decode/protected_header";
import { jwtVerify } from "jose/jwt/verify";
import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import { createKeySet, type FetchKeySet, fetchKeySetFrom } from "./key_set.ts";

export interface TokenSettings {
  /** The project's public keys as they are at hand, for tokens signed with ES256 or RS256. */
  readonly keySet: JSONWebKeySet | undefined;
  /** Where Auth publishes them. */
  readonly keySetUrl: string;
  /** The project's secret, for tokens signed with HS256. */
  readonly secret: string | undefined;
  /** Who issues the project's tokens: `/auth/v1` at each of its addresses. */
  readonly issuers: readonly string[];
  /** Whether users without an account, whom anybody can make up, may generate. */
  readonly allowAnonymous: boolean;
}

/** Returns the user's id if a token of Supabase Auth proves a signed-in user; else throws an ApiError. */
export type VerifyUserToken = (token: string) => Promise<string>;

/** What every token must be, whoever signed it. */
const CHECKS = {
  audience: "authenticated",
  requiredClaims: ["exp", "sub"],
  /** In seconds: Auth's clock and ours are both kept right, but not to the second. */
  clockTolerance: 5,
};

const userClaims = z.object({
  sub: z.uuid(),
  role: z.string(),
  is_anonymous: z.boolean().default(false),
});

export function createVerifyUserToken(
  { keySet, keySetUrl, secret, issuers, allowAnonymous }: TokenSettings,
  fetchKeySet: FetchKeySet = fetchKeySetFrom(keySetUrl),
): VerifyUserToken {
  const publicKeys = createKeySet(keySet, fetchKeySet);
  const secretKey = secret === undefined ? undefined : new TextEncoder().encode(secret);

  // Which key may be used follows from the algorithm, never from the token's wish alone: each call
  // names the algorithms its key is good for.
  async function verify(token: string): Promise<JWTPayload> {
    if (decodeProtectedHeader(token).alg === "HS256") {
      if (!secretKey) throw new Error("HS256 token, but no JWT_SECRET is set");
      const { payload } = await jwtVerify(token, secretKey, { ...CHECKS, algorithms: ["HS256"] });
      // The local stack's Auth names no issuer in its tokens.
      if (payload.iss !== undefined && !issuers.includes(payload.iss)) {
        throw new Error("Foreign issuer");
      }
      return payload;
    }
    const { payload } = await jwtVerify(token, publicKeys, {
      ...CHECKS,
      algorithms: ["ES256", "RS256"],
      issuer: [...issuers],
    });
    return payload;
  }

  return async (token) => {
    const payload = await verify(token).catch((cause) => {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError("unauthorized", "Missing or invalid token", { cause });
    });
    const claims = userClaims.safeParse(payload);
    if (!claims.success) {
      throw new ApiError("unauthorized", "Missing or invalid token", { cause: claims.error });
    }
    const { sub, role, is_anonymous: isAnonymous } = claims.data;
    // The project's own keys are valid tokens, too, but stand for no user.
    if (role !== "authenticated" || (isAnonymous && !allowAnonymous)) {
      throw new ApiError("forbidden", "Access denied");
    }
    return sub;
  };
}
