import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from "jose";

export const ISSUER = "https://project.example/auth/v1";
export const SECRET = "a-secret-of-at-least-32-characters";
export const USER_ID = "00000000-0000-4000-8000-000000000001";

/** One of the project's key pairs. */
export interface SigningKey {
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  /** As it stands in the key set. */
  readonly publicJwk: JWK;
  readonly publicPem: string;
}

export async function createSigningKey(
  algorithm: "ES256" | "RS256",
  kid: string = algorithm,
): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    algorithm,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" },
    publicPem: await exportSPKI(publicKey),
  };
}

/** The claims of a signed-in user; a change to `undefined` leaves a claim out. */
export function userClaims(changes: Readonly<Record<string, unknown>> = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: USER_ID,
    role: "authenticated",
    aud: "authenticated",
    iss: ISSUER,
    iat: now,
    exp: now + 3600,
    ...changes,
  };
}

/** A token signed with a key pair. */
export function signToken(
  { algorithm, privateKey, publicJwk }: SigningKey,
  claims: JWTPayload = userClaims(),
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, kid: publicJwk.kid ?? "" })
    .sign(privateKey);
}

/** A token signed with HS256. */
export function signWithSecret(
  claims: JWTPayload = userClaims(),
  secret: string = SECRET,
  kid?: string,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", ...(kid !== undefined && { kid }) })
    .sign(new TextEncoder().encode(secret));
}
