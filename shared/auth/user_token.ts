import type { JSONWebKeySet, JWTPayload } from "jose";
import { decodeProtectedHeader } from "jose/decode/protected_header";
import { JWSInvalid, JWTExpired } from "jose/errors";
import { jwtVerify } from "jose/jwt/verify";
import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import { rejectToken, type TokenProblem } from "./challenge.ts";
import { credentialKind } from "./credential_kind.ts";
import { createKeySet, type FetchKeySet, fetchKeySetFrom } from "./key_set.ts";
import { isOperator, operatorClaim } from "./operator_claim.ts";
import { planClaim, planOf } from "./plan_claim.ts";
import { checkTokenLife } from "./token_life.ts";

export interface TokenSettings {
  /** The project's public keys as the settings have them, for tokens signed with ES256 or RS256. */
  readonly keySet: JSONWebKeySet | undefined;
  /** Where Auth publishes them. */
  readonly keySetUrl: string;
  /** The project's secret, for tokens signed with HS256. */
  readonly secret: string | undefined;
  /** Who issues the project's tokens: `/auth/v1` at each of its URLs. */
  readonly issuers: readonly string[];
  /** Whether anonymous users, whom anybody can create, may generate. */
  readonly allowAnonymous: boolean;
  /** For how long a token may be good, in seconds. */
  readonly maxTokenSeconds: number;
}

/** Whom a token stands for. */
export interface TokenUser {
  readonly userId: string;
  /** Name of the user's plan, as the token has it; there may be no plan of that name. */
  readonly plan: string;
  /** Whether the token says that the user is an operator. Who acts as one is looked up besides. */
  readonly isOperator: boolean;
}

export interface TokenVerifier {
  /**
   * Returns the user if the token is one of Supabase Auth for a signed-in user. Throws an ApiError
   * (401, 403) if not, and one with 503 if that cannot be checked now.
   */
  verify(token: string): Promise<TokenUser>;
}

/** What every token must have, whichever key signed it. */
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
  app_metadata: z.object({ ...planClaim, ...operatorClaim }).optional().catch(undefined),
});

export function createTokenVerifier(
  { keySet, keySetUrl, secret, issuers, allowAnonymous, maxTokenSeconds }: TokenSettings,
  fetchKeySet: FetchKeySet = fetchKeySetFrom(keySetUrl),
  now: () => number = Date.now,
): TokenVerifier {
  const publicKeys = createKeySet(keySet, fetchKeySet, now);
  const secretKey = secret === undefined ? undefined : new TextEncoder().encode(secret);

  // Each call names the algorithms that its key is for: the header of the token must not choose a
  // public key as the secret of HS256.
  async function verifySignature(token: string): Promise<JWTPayload> {
    const checks = { ...CHECKS, currentDate: new Date(now()) };
    if (decodeProtectedHeader(token).alg === "HS256") {
      if (!secretKey) throw new Error("HS256 token, but no JWT_SECRET is set");
      const { payload } = await jwtVerify(token, secretKey, { ...checks, algorithms: ["HS256"] });
      // The local stack's Auth names no issuer in its tokens.
      if (payload.iss !== undefined && !issuers.includes(payload.iss)) {
        throw new Error("Foreign issuer");
      }
      return payload;
    }
    const { payload } = await jwtVerify(token, publicKeys, {
      ...checks,
      algorithms: ["ES256", "RS256"],
      issuer: [...issuers],
    });
    return payload;
  }

  return {
    async verify(token) {
      const payload = await verifySignature(token).catch((cause) => {
        if (cause instanceof ApiError) throw cause;
        throw rejectToken(problemOf(cause, token), { cause });
      });
      checkTokenLife(payload, maxTokenSeconds, now() / 1_000, CHECKS.clockTolerance);
      const claims = userClaims.safeParse(payload);
      if (!claims.success) {
        throw rejectToken("invalid", { cause: claims.error });
      }
      const { sub, role, is_anonymous: isAnonymous } = claims.data;
      // The project's own keys are valid tokens, too, but stand for no user.
      if (role !== "authenticated" || (isAnonymous && !allowAnonymous)) {
        throw new ApiError("forbidden", "Access denied");
      }
      return { userId: sub, plan: planOf(claims.data), isOperator: isOperator(claims.data) };
    },
  };
}

function problemOf(cause: unknown, token: string): TokenProblem {
  const kind = credentialKind(token);
  if (kind !== undefined && kind !== "user_token") return kind;
  if (cause instanceof JWTExpired) return "expired";
  // Its parts are no JSON, or there are not three of them.
  return cause instanceof JWSInvalid || cause instanceof TypeError ? "malformed" : "invalid";
}
