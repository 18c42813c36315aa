import {
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { ApiError } from "../contract/errors.ts";

export interface TokenSettings {
  /** The project's public keys, for tokens signed with ES256 or RS256. */
  readonly keySet: JSONWebKeySet | undefined;
  /** The project's secret, for tokens signed with HS256. */
  readonly secret: string | undefined;
  /** Who issues the project's tokens: `/auth/v1` at each of its addresses. */
  readonly issuers: readonly string[];
}

/** Returns the user's id if a token of Supabase Auth proves a signed-in user; else throws an ApiError. */
export type VerifyUserToken = (token: string) => Promise<string>;

const userClaims = z.object({ sub: z.uuid(), role: z.string() });

export function createVerifyUserToken({ keySet, secret, issuers }: TokenSettings): VerifyUserToken {
  const publicKeys = keySet && createLocalJWKSet(keySet);
  const secretKey = secret === undefined ? undefined : new TextEncoder().encode(secret);

  // Which key may be used follows from the algorithm, never from the token's wish alone: each call
  // names the algorithms its key is good for.
  async function verify(token: string): Promise<JWTPayload> {
    if (decodeProtectedHeader(token).alg === "HS256") {
      if (!secretKey) throw new Error("HS256 token, but no JWT_SECRET is set");
      const options = { algorithms: ["HS256"], audience: "authenticated" };
      const { payload } = await jwtVerify(token, secretKey, options);
      // The local stack's Auth names no issuer in its tokens.
      if (payload.iss !== undefined && !issuers.includes(payload.iss)) {
        throw new Error("Foreign issuer");
      }
      return payload;
    }
    if (!publicKeys) {
      throw new Error("Token of another algorithm than HS256, but no SUPABASE_JWKS is set");
    }
    const options = {
      algorithms: ["ES256", "RS256"],
      audience: "authenticated",
      issuer: [...issuers],
    };
    const { payload } = await jwtVerify(token, publicKeys, options);
    return payload;
  }

  return async (token) => {
    const payload = await verify(token).catch((cause) => {
      throw new ApiError("unauthorized", "Missing or invalid token", { cause });
    });
    const claims = userClaims.safeParse(payload);
    if (!claims.success) {
      throw new ApiError("unauthorized", "Missing or invalid token", { cause: claims.error });
    }
    // The project's own keys are valid tokens, too, but stand for no user.
    if (claims.data.role !== "authenticated") {
      throw new ApiError("forbidden", "Access denied");
    }
    return claims.data.sub;
  };
}
