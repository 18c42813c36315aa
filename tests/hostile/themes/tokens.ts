import { base64url, CompactEncrypt, SignJWT, UnsecuredJWT } from "jose";
import { createSigningKey, signWithSecret, userClaims } from "../../../testing/tokens.ts";
import { headersOf } from "../../support/client.ts";
import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";

const INVALID = /^Missing or invalid token$/;
const NOBODY = "99999999-9999-4999-8999-999999999999";

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** Signed by the project itself, but claiming what is not enough. */
const CLAIMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "expired a minute ago": { exp: secondsFromNow(-60) },
  "expired in 1970": { exp: 0 },
  "without an end": { exp: undefined },
  "an end in words": { exp: "tomorrow" },
  "not yet valid": { nbf: secondsFromNow(600) },
  "another audience": { aud: "anon" },
  "no audience": { aud: undefined },
  "another issuer": { iss: "https://evil.example/auth/v1" },
  "an issuer that begins like ours": { iss: `${stack.projectUrl}/auth/v1.evil.example` },
  "no subject": { sub: undefined },
  "an empty subject": { sub: "" },
  "SQL as subject": { sub: "' or '1'='1" },
  "a list as subject": { sub: [NOBODY] },
  "no role": { role: undefined },
};

const YEAR = 365 * 24 * 3_600;

/** Signed by the project itself, as somebody does who has its key, to be good for ever. */
const LIVES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "an end after the stars": { exp: 1e300 },
  "issued and ended after the stars": { iat: 1e300, exp: 1e300 },
  "ten years": { exp: secondsFromNow(10 * YEAR) },
  "nearly over after ten years": { iat: secondsFromNow(-10 * YEAR) },
  "issued next year": { iat: secondsFromNow(YEAR), exp: secondsFromNow(YEAR + 3_600) },
};

/** Good tokens of nobody who may. */
const ROLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "role anon": { role: "anon" },
  "role service_role": { role: "service_role" },
  "role postgres": { role: "postgres" },
  "role Authenticated": { role: "Authenticated" },
  "an anonymous user": { is_anonymous: true },
};

async function forgedTokens({ caller }: Scene): Promise<Record<string, string>> {
  const { jwtSecret } = stack.secrets;
  const [es256, rs256] = await Promise.all([createSigningKey("ES256"), createSigningKey("RS256")]);
  const claims = userClaims({ sub: caller.id, iss: `${stack.projectUrl}/auth/v1` });
  const [header = "", payload = "", signature = ""] = caller.token.split(".");
  const encode = (value: unknown): string => base64url.encode(JSON.stringify(value));
  const signed = (key: typeof es256, more: Record<string, unknown> = {}): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, ...more }).sign(key.privateKey);
  const none = new UnsecuredJWT(claims).encode();
  return {
    "signed with none": none,
    "signed with none and a signature": none + signature,
    "signed with None": `${encode({ alg: "None" })}.${payload}.`,
    "signed with NONE and ours": `${encode({ alg: "NONE" })}.${payload}.${signature}`,
    "no algorithm": `${encode({ typ: "JWT" })}.${payload}.${signature}`,
    "algorithm in small letters": `${encode({ alg: "hs256" })}.${payload}.${signature}`,
    "another algorithm of the family": `${encode({ alg: "HS512" })}.${payload}.${signature}`,
    "a list of algorithms": `${encode({ alg: ["HS256"] })}.${payload}.${signature}`,
    "an extension that must be understood": `${
      encode({ alg: "HS256", crit: ["x"], x: 1 })
    }.${payload}.${signature}`,
    "payload exchanged": `${header}.${encode({ ...claims, sub: NOBODY })}.${signature}`,
    "signature cut off": `${header}.${payload}.`,
    "signature shortened": `${header}.${payload}.${signature.slice(0, -4)}`,
    "signature of another": `${header}.${payload}.${signature.split("").reverse().join("")}`,
    "foreign secret": await signWithSecret(claims, "x".repeat(32)),
    "secret of a tutorial": await signWithSecret(
      claims,
      "super-secret-jwt-token-with-at-least-32-characters-long",
    ),
    "one blank as secret": await signWithSecret(claims, " "),
    "API key as secret": await signWithSecret(claims, headersOf("")["X-API-Key"]),
    "public key as secret (PEM)": await signWithSecret(claims, es256.publicPem),
    "public key as secret (JWK)": await signWithSecret(claims, JSON.stringify(es256.publicJwk)),
    "foreign ES256 key": await signed(es256),
    "foreign ES256 key under an id": await signed(es256, { kid: "ES256" }),
    "foreign RS256 key": await signed(rs256),
    "foreign RS256 key under an id": await signed(rs256, { kid: crypto.randomUUID() }),
    "key in the token": await signed(es256, { jwk: es256.publicJwk, kid: "jwk" }),
    "key at an address": await signed(rs256, { jku: "https://evil.example/jwks", kid: "jku" }),
    "certificate at an address": await signed(rs256, { x5u: "http://169.254.169.254/", kid: "x5" }),
    "a path as key id": await signed(es256, { kid: "../../../../dev/null" }),
    "SQL as key id": await signed(es256, { kid: "' union select 'key' --" }),
    "a key id of 5,000 letters": await signed(es256, { kid: "k".repeat(5_000) }),
    "encrypted instead of signed": await new CompactEncrypt(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg: "dir", enc: "A128CBC-HS256" })
      .encrypt(new Uint8Array(32)),
    "publishable key": stack.secrets.publishableKey,
    "secret key": stack.secrets.secretKey,
    "worker secret": stack.secrets.workerSecret,
    "JWT secret": jwtSecret,
    "legacy anonymous key": await signWithSecret(
      { iss: "supabase", ref: "project", role: "anon", exp: secondsFromNow(600) },
      jwtSecret,
    ),
    "legacy service key": await signWithSecret(
      { iss: "supabase", ref: "project", role: "service_role", exp: secondsFromNow(600) },
      jwtSecret,
    ),
    "no token": "undefined",
    "two dots": "..",
    "five parts": "a.b.c.d.e",
    "a letter": "x",
    "a path": "../../etc/passwd",
    "SQL": "'%20or%20'1'='1",
    "a payload that is no JSON": `${header}.${base64url.encode("x")}.${signature}`,
    "8 KB": "x".repeat(8_000),
  };
}

/** Each door that asks for a token. */
function atEachDoor(
  name: string,
  headers: Record<string, string>,
  refusal: Pick<HostileCase, "error" | "words">,
): HostileCase[] {
  const id = crypto.randomUUID();
  const body = JSON.stringify({ task_id: name, provider: "openai", prompt: "x" });
  return [
    {
      name: `${name}, submit`,
      path: "generation/text-to-image",
      headers,
      body: () => body,
      ...refusal,
    },
    { name: `${name}, status`, method: "GET", path: `tasks/${id}/status`, headers, ...refusal },
    {
      name: `${name}, availability`,
      method: "GET",
      path: "generation/availability",
      headers,
      ...refusal,
    },
    { name: `${name}, cancel`, method: "DELETE", path: `tasks/${id}`, headers, ...refusal },
    {
      name: `${name}, purge`,
      method: "DELETE",
      path: `tasks/${id}?purge=true`,
      headers,
      ...refusal,
    },
    {
      name: `${name}, dry run`,
      path: "generation/text-to-image?dry_run=true",
      headers,
      body: () => body,
      ...refusal,
    },
    {
      name: `${name}, what operators see`,
      method: "GET",
      path: "operator",
      headers,
      ...refusal,
    },
    {
      name: `${name}, what operators do`,
      path: "operator",
      headers,
      body: () => JSON.stringify({ action: "pause_submits" }),
      ...refusal,
    },
    ...["GET", "DELETE"].map((method) => ({
      name: `${name}, account by ${method}`,
      method,
      path: "account",
      headers,
      ...refusal,
    })),
  ];
}

/** Tokens that prove nothing. */
export async function tokens(scene: Scene): Promise<HostileCase[]> {
  const invalid = { error: "unauthorized", words: INVALID } as const;
  const denied = { error: "forbidden", words: /^Access denied$/ } as const;
  const sign = (changes: Readonly<Record<string, unknown>>): Promise<string> => {
    const claims = { sub: scene.caller.id, iss: `${stack.projectUrl}/auth/v1`, ...changes };
    return signWithSecret(userClaims(claims), stack.secrets.jwtSecret);
  };
  const cases: HostileCase[] = [];
  for (const [name, token] of Object.entries(await forgedTokens(scene))) {
    cases.push(...atEachDoor(name, headersOf(token), invalid));
  }
  for (const [name, changes] of Object.entries(CLAIMS)) {
    cases.push(...atEachDoor(name, headersOf(await sign(changes)), invalid));
  }
  const lasting = {
    error: "unauthorized",
    words: /^Missing or invalid token: it is good for longer than /,
  } as const;
  for (const [name, changes] of Object.entries(LIVES)) {
    cases.push(...atEachDoor(name, headersOf(await sign(changes)), lasting));
  }
  const undated = { error: "unauthorized", words: /: it does not say when it was issued/ } as const;
  cases.push(...atEachDoor("issued never", headersOf(await sign({ iat: undefined })), undated));
  for (const [name, changes] of Object.entries(ROLES)) {
    cases.push(...atEachDoor(name, headersOf(await sign(changes)), denied));
  }
  return cases;
}
