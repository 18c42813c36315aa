import { base64url, CompactEncrypt, SignJWT, UnsecuredJWT } from "jose";
import assert from "node:assert/strict";
import {
  createSigningKey,
  ISSUER,
  SECRET,
  signToken,
  signWithSecret,
  USER_ID,
  userClaims,
} from "../../testing/tokens.ts";
import { ApiError } from "../contract/errors.ts";
import { createTokenVerifier, type TokenSettings } from "./user_token.ts";

const [es256, rs256, foreign] = await Promise.all([
  createSigningKey("ES256"),
  createSigningKey("RS256"),
  createSigningKey("ES256"),
]);
const keySet = { keys: [es256.publicJwk, rs256.publicJwk] };
const noKeys = { keys: [] };
const complete: TokenSettings = {
  keySet,
  keySetUrl: `${ISSUER}/.well-known/jwks.json`,
  secret: SECRET,
  issuers: [ISSUER],
  allowAnonymous: false,
  maxTokenSeconds: 604_800,
};

/** The code of the refusal, or the user's id. */
async function verdict(
  token: string,
  settings: TokenSettings = complete,
  now: () => number = Date.now,
): Promise<string> {
  try {
    // Auth has the keys that are at hand, and no others.
    const fetchKeySet = (): Promise<typeof keySet> => Promise.resolve(settings.keySet ?? noKeys);
    return (await createTokenVerifier(settings, fetchKeySet, now).verify(token)).userId;
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
      ["without an end", { exp: undefined }, "unauthorized"],
      ["an end that is no number", { exp: "never" }, "unauthorized"],
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
      ["role supabase_admin", { role: "supabase_admin" }, "forbidden"],
      ["a list of roles", { role: ["authenticated"] }, "unauthorized"],
      ["anonymous", { is_anonymous: true }, "forbidden"],
      ["anonymous in another word", { is_anonymous: "true" }, "unauthorized"],
    ];
  for (const [name, changes, code] of cases) {
    await t.step(name, async () => {
      const claims = userClaims(changes);
      assert.equal(await verdict(await signToken(es256, claims)), code, "ES256");
      assert.equal(await verdict(await signWithSecret(claims)), code, "HS256");
    });
  }
});

Deno.test("a token that is good for too long is refused, and told so", async (t) => {
  const now = Math.floor(Date.now() / 1000);
  const [hour, week] = [3_600, 604_800];
  const tooLong = (seconds: number): RegExp =>
    new RegExp(
      `^Missing or invalid token: it is good for longer than the ${seconds} s .*sign in again$`,
    );
  const cases: readonly (readonly [
    name: string,
    claims: Record<string, unknown>,
    max: number,
    words: RegExp | undefined,
  ])[] = [
    ["an hour, as Supabase gives it", { iat: now, exp: now + hour }, week, undefined],
    ["a week, the most that it gives", { iat: now, exp: now + week }, week, undefined],
    ["a second more", { iat: now, exp: now + week + 1 }, week, tooLong(week)],
    ["an hour, where an hour is allowed", { iat: now, exp: now + hour }, hour, undefined],
    ["a second more there", { iat: now, exp: now + hour + 1 }, hour, tooLong(hour)],
    ["nearly over, after a long life", { iat: now - hour, exp: now + 1 }, hour, tooLong(hour)],
    ["for ever", { exp: 1e300 }, week, tooLong(week)],
    ["for ever, from then on", { iat: 1e300, exp: 1e300 }, week, tooLong(week)],
    ["issued next year", { iat: now + 52 * week, exp: now + 53 * week }, week, tooLong(week)],
    ["for ever, since before time", { iat: -1e300, exp: now + hour }, week, tooLong(week)],
    [
      "issued nobody knows when",
      { iat: undefined },
      week,
      /^Missing or invalid token: it does not say when .*iat/,
    ],
  ];
  for (const [name, changes, maxTokenSeconds, words] of cases) {
    await t.step(name, async () => {
      const { verify } = createTokenVerifier(
        { ...complete, maxTokenSeconds },
        () => Promise.resolve(keySet),
        () => now * 1000,
      );
      const claims = userClaims(changes);
      for (const token of [await signToken(es256, claims), await signWithSecret(claims)]) {
        if (!words) assert.equal((await verify(token)).userId, USER_ID);
        else {
          await assert.rejects(verify(token), (error: Error) => {
            assert.ok(error instanceof ApiError);
            assert.equal(error.code, "unauthorized");
            assert.match(error.message, words);
            return true;
          });
        }
      }
    });
  }
});

Deno.test("a token among whose audiences is ours is good", async () => {
  const claims = userClaims({ aud: ["other", "authenticated"] });
  assert.equal(await verdict(await signToken(es256, claims)), USER_ID);
});

Deno.test("a clock that is a little off refuses nobody", async (t) => {
  // It stands still: seconds are what this is about.
  const now = Math.floor(Date.now() / 1000);
  const cases: readonly (readonly [name: string, claims: Record<string, unknown>])[] = [
    ["just over", { exp: now - 2 }],
    ["about to begin", { nbf: now + 3 }],
    ["issued in the future", { iat: now + 3 }],
  ];
  for (const [name, claims] of cases) {
    await t.step(name, async () => {
      const token = await signToken(es256, userClaims(claims));
      assert.equal(await verdict(token, complete, () => now * 1000), USER_ID);
    });
  }
});

Deno.test("an anonymous user is let in where the project says so", async () => {
  const settings = { ...complete, allowAnonymous: true };
  const token = await signToken(es256, userClaims({ is_anonymous: true }));
  assert.equal(await verdict(token, settings), USER_ID);
  assert.equal(await verdict(await signToken(es256, userClaims({ is_anonymous: false }))), USER_ID);
});

Deno.test("a key that is new since the start is fetched from Auth", async () => {
  const { verify } = createTokenVerifier(
    { ...complete, keySet: { keys: [rs256.publicJwk] } },
    () => Promise.resolve(keySet),
  );
  assert.equal((await verify(await signToken(es256))).userId, USER_ID);
});

Deno.test("a token whose key cannot be looked up is no refusal of its user", async () => {
  const settings = { ...complete, keySet: noKeys };
  const { verify } = createTokenVerifier(settings, () => Promise.reject(new Error("down")));
  await assert.rejects(
    verify(await signToken(es256)),
    (error) => error instanceof ApiError && error.code === "unavailable",
  );
  // What needs no look-up is judged as ever.
  assert.equal((await verify(await signWithSecret())).userId, USER_ID);
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
  const withHeader = (header: Record<string, unknown>): Promise<string> =>
    new SignJWT(userClaims())
      .setProtectedHeader({ alg: "ES256", kid: "ES256", ...header })
      .sign(foreign.privateKey);
  const forgeries: Readonly<Record<string, string>> = {
    "signed with a foreign key under our key's id": await signToken(foreign),
    "signed with a foreign secret": await signWithSecret(userClaims(), "x".repeat(32)),
    "signed with a foreign key under an unknown id": await withHeader({ kid: "unknown" }),
    "signed with a foreign key under no id": await withHeader({ kid: undefined }),
    "signed with the key that it carries": await withHeader({ jwk: foreign.publicJwk }),
    "signed with the key at its own address": await withHeader({
      jku: "https://evil.example/keys",
      x5u: "https://evil.example/certificate",
    }),
    "a path as key id": await withHeader({ kid: "../../dev/null" }),
    "SQL as key id": await withHeader({ kid: "' or '1'='1" }),
    "encrypted instead of signed": await new CompactEncrypt(
      new TextEncoder().encode(JSON.stringify(userClaims())),
    ).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(new Uint8Array(32)),
    "algorithm in small letters": (await signWithSecret()).replace(
      /^[^.]+/,
      base64url.encode('{"alg":"hs256"}'),
    ),
    "algorithm RS256 with an ES256 key": (await signToken(es256)).replace(
      /^[^.]+/,
      base64url.encode('{"alg":"RS256","kid":"ES256"}'),
    ),
    "no algorithm": (await signToken(es256)).replace(/^[^.]+/, base64url.encode("{}")),
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
  const settings = { ...complete, keySet: { keys: [secretInSet] }, secret: undefined };
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
