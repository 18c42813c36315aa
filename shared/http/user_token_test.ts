import assert from "node:assert/strict";
import { base64url, UnsecuredJWT } from "jose";
import { ApiError } from "../contract/errors.ts";
import {
  createSigningKey,
  ISSUER,
  SECRET,
  signToken,
  signWithSecret,
  USER_ID,
  userClaims,
} from "../testing/tokens.ts";
import { createVerifyUserToken, type TokenSettings } from "./user_token.ts";

const [es256, rs256, foreign] = await Promise.all([
  createSigningKey("ES256"),
  createSigningKey("RS256"),
  createSigningKey("ES256"),
]);
const keySet = { keys: [es256.publicJwk, rs256.publicJwk] };
const complete: TokenSettings = { keySet, secret: SECRET, issuers: [ISSUER] };

/** The code of the refusal, or the user's id. */
async function verdict(token: string, settings: TokenSettings = complete): Promise<string> {
  try {
    return await createVerifyUserToken(settings)(token);
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    const words = { unauthorized: "Missing or invalid token", forbidden: "Access denied" };
    assert.equal(error.message, Object.entries(words).find(([code]) => code === error.code)?.[1]);
    return error.code;
  }
}

const minutesFromNow = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

Deno.test("a token that the project signed gives the user's id", async (t) => {
  const tokens = { ES256: signToken(es256), RS256: signToken(rs256), HS256: signWithSecret() };
  for (const [algorithm, token] of Object.entries(tokens)) {
    await t.step(algorithm, async () => assert.equal(await verdict(await token), USER_ID));
  }
});

Deno.test("claims that do not prove a signed-in user are refused", async (t) => {
  const cases: readonly (readonly [name: string, claims: Record<string, unknown>, code: string])[] =
    [
      ["expired", { exp: minutesFromNow(-1) }, "unauthorized"],
      ["not yet valid", { nbf: minutesFromNow(5) }, "unauthorized"],
      ["another audience", { aud: "anon" }, "unauthorized"],
      ["no audience", { aud: undefined }, "unauthorized"],
      ["another issuer", { iss: "https://other.example/auth/v1" }, "unauthorized"],
      ["no subject", { sub: undefined }, "unauthorized"],
      ["a subject that is no uuid", { sub: "user-1" }, "unauthorized"],
      ["an empty subject", { sub: "" }, "unauthorized"],
      ["no role", { role: undefined }, "unauthorized"],
      ["role anon", { role: "anon" }, "forbidden"],
      ["role service_role", { role: "service_role" }, "forbidden"],
    ];
  for (const [name, changes, code] of cases) {
    await t.step(name, async () => {
      const claims = userClaims(changes);
      assert.equal(await verdict(await signToken(es256, claims)), code, "ES256");
      assert.equal(await verdict(await signWithSecret(claims)), code, "HS256");
    });
  }
});

Deno.test("a token among whose audiences is ours is good", async () => {
  const claims = userClaims({ aud: ["other", "authenticated"] });
  assert.equal(await verdict(await signToken(es256, claims)), USER_ID);
});

Deno.test("a token without an issuer is good with HS256 only", async () => {
  const claims = userClaims({ iss: undefined });
  assert.equal(await verdict(await signWithSecret(claims)), USER_ID);
  assert.equal(await verdict(await signToken(es256, claims)), "unauthorized");
});

Deno.test("the project's legacy API keys are no user tokens", async (t) => {
  for (const role of ["anon", "service_role"]) {
    await t.step(role, async () => {
      const exp = minutesFromNow(60);
      const key = await signWithSecret({ iss: "supabase", ref: "project", role, exp });
      assert.match(await verdict(key), /^(unauthorized|forbidden)$/);
    });
  }
});

Deno.test("a forged token is refused", async (t) => {
  const [header = "", , signature = ""] = (await signToken(es256)).split(".");
  const otherUser = userClaims({ sub: "00000000-0000-4000-8000-000000000002" });
  const otherPayload = base64url.encode(JSON.stringify(otherUser));
  const none = new UnsecuredJWT(userClaims()).encode();
  const kid = es256.publicJwk.kid;
  const forgeries: Readonly<Record<string, string>> = {
    "signed with a foreign key under our key's id": await signToken(foreign),
    "signed with a foreign secret": await signWithSecret(userClaims(), "x".repeat(32)),
    "payload exchanged": `${header}.${otherPayload}.${signature}`,
    "signature cut off": `${header}.${otherPayload}.`,
    "algorithm none": none,
    "algorithm none with a signature": none + signature,
    "HS256 with the public key as secret (PEM)": await signWithSecret(
      userClaims(),
      es256.publicPem,
      kid,
    ),
    "HS256 with the public key as secret (JWK)": await signWithSecret(
      userClaims(),
      JSON.stringify(es256.publicJwk),
      kid,
    ),
  };
  const settings = { "with a secret": complete, without: { ...complete, secret: undefined } };
  for (const [name, token] of Object.entries(forgeries)) {
    await t.step(name, async () => {
      for (const [set, each] of Object.entries(settings)) {
        assert.equal(await verdict(token, each), "unauthorized", set);
      }
    });
  }
});

Deno.test("an HS256 token is refused even if a symmetric key stands in the key set", async () => {
  const secretInSet = { kty: "oct", k: base64url.encode(SECRET), kid: "oct", alg: "HS256" };
  const settings = { keySet: { keys: [secretInSet] }, secret: undefined, issuers: [ISSUER] };
  const token = await signWithSecret(userClaims(), SECRET, "oct");
  assert.equal(await verdict(token, settings), "unauthorized");
});

Deno.test("an algorithm for which the project has no key is refused", async () => {
  const onlySecret = { ...complete, keySet: undefined };
  const onlyKeys = { ...complete, secret: undefined };
  const onlyRs256 = { ...complete, keySet: { keys: [rs256.publicJwk] } };
  assert.equal(await verdict(await signToken(es256), onlySecret), "unauthorized");
  assert.equal(await verdict(await signWithSecret(), onlyKeys), "unauthorized");
  assert.equal(await verdict(await signToken(es256), onlyRs256), "unauthorized");
});

Deno.test("what is no token at all is refused", async (t) => {
  const garbage = ["", "x", "a.b.c", "....", "eyJhbGciOiJFUzI1NiJ9..", "null", "🙂.🙂.🙂"];
  for (const token of garbage) {
    await t.step(JSON.stringify(token), async () => {
      assert.equal(await verdict(token), "unauthorized");
    });
  }
});
