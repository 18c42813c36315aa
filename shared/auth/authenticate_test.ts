import assert from "node:assert/strict";
import { fakeSql } from "../../testing/fake_sql.ts";
import { recordLog } from "../../testing/recorded_log.ts";
import { ISSUER, SECRET, signWithSecret, USER_ID, userClaims } from "../../testing/tokens.ts";
import { ApiError } from "../contract/errors.ts";
import { generateApiKey, hashOfApiKey } from "./api_key_format.ts";
import { createAuthenticator } from "./authenticate.ts";
import { createUserLimit, type UserLimit } from "./user_limit.ts";

const KEY = generateApiKey("test");
const keyHash = hashOfApiKey(KEY);
const rows = [{
  id: "key-1",
  keyHash,
  expiresAt: null,
  active: true,
  clientName: "app",
  allowedOperations: ["text-to-image"],
}];
const token = await signWithSecret();
const PUBLISHABLE = "sb_publishable_AbCdEfGhIjKlMnOpQrStUv";
const limit = (perMinute: number): UserLimit => createUserLimit({ perMinute, what: "requests" });

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly challenge: string | undefined;
  readonly queries: number;
}

async function refusal(headers: Record<string, string>): Promise<Refused> {
  let queries = 0;
  const sql = fakeSql(() => {
    queries++;
    return Promise.resolve(rows);
  });
  const { authenticate } = createAuthenticator(sql, settings, recordLog().log, limit(1_000_000));
  try {
    await authenticate(new Headers(headers));
  } catch (error) {
    assert.ok(error instanceof ApiError);
    const { code, message, challenge } = error;
    return { code, message, challenge, queries };
  }
  assert.fail("Request was let through");
}

const settings = {
  keySet: undefined,
  keySetUrl: `${ISSUER}/.well-known/jwks.json`,
  secret: SECRET,
  issuers: [ISSUER],
  allowAnonymous: false,
  maxTokenSeconds: 604_800,
};

Deno.test("a token and a key make a caller, whatever the case of the scheme and the blanks behind it", async (t) => {
  const { authenticate } = createAuthenticator(
    fakeSql(() => Promise.resolve(rows)),
    settings,
    recordLog().log,
    limit(1_000_000),
  );
  for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer  "]) {
    await t.step(scheme, async () => {
      const headers = new Headers({ authorization: `${scheme} ${token}`, "x-api-key": KEY });
      const { userId, plan, apiKey } = await authenticate(headers);
      assert.deepEqual([userId, plan], [USER_ID, "default"]);
      assert.deepEqual(apiKey.allowedOperations, ["text-to-image"]);
    });
  }
});

Deno.test("an authorization that is not one bearer token is refused without a query", async (t) => {
  const values: Readonly<Record<string, Record<string, string>>> = {
    missing: {},
    empty: { authorization: "" },
    "no scheme": { authorization: token },
    "another scheme": { authorization: `Basic ${token}` },
    "scheme only": { authorization: "Bearer" },
    "scheme and space": { authorization: "Bearer " },
    "extra words": { authorization: `Bearer ${token} more` },
    "two values": { authorization: `Bearer ${token}, Bearer ${token}` },
    "no token": { authorization: "Bearer undefined" },
  };
  for (const [name, headers] of Object.entries(values)) {
    await t.step(name, async () => {
      const { challenge, ...rest } = await refusal({ ...headers, "x-api-key": KEY });
      assert.deepEqual(rest, {
        code: "unauthorized",
        message: "Missing or invalid token",
        queries: 0,
      });
      assert.match(
        challenge ?? "",
        /^Bearer (error="invalid_token", )?error_description="[\w: ]+"$/,
      );
    });
  }
});

Deno.test("a missing or wrong API key is refused in its own words", async (t) => {
  for (const [name, key] of Object.entries({ missing: undefined, empty: "", wrong: `${KEY}x` })) {
    await t.step(name, async () => {
      const authorization = `Bearer ${token}`;
      const { code, message } = await refusal({
        authorization,
        ...(key !== undefined && { "x-api-key": key }),
      });
      assert.equal(code, "unauthorized");
      assert.equal(message, "Missing or invalid API key");
    });
  }
});

Deno.test("one request too many of a user costs no query, and keeps nobody else out", async () => {
  let queries = 0;
  const sql = fakeSql(() => {
    queries++;
    return Promise.resolve(rows);
  });
  const { authenticate } = createAuthenticator(sql, settings, recordLog().log, limit(3));
  const ask = (bearer: string, key = KEY): Promise<unknown> =>
    authenticate(new Headers({ authorization: `Bearer ${bearer}`, "x-api-key": key }));
  for (let use = 0; use < 2; use++) await ask(token);
  // Keys that are looked up count as well.
  await assert.rejects(ask(token, generateApiKey("test")), { code: "unauthorized" });
  const before = queries;
  for (const key of [KEY, generateApiKey("test")]) {
    await assert.rejects(ask(token, key), (error: Error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.code, error.retryAfterSeconds], ["rate_limited", 20]);
      assert.match(error.message, /^Limit of 3 requests a minute for each user reached; try again/);
      return true;
    });
  }
  assert.equal(queries, before);
  const other = "00000000-0000-4000-8000-000000000002";
  await ask(await signWithSecret(userClaims({ sub: other })));
});

Deno.test("the header of a refusal says what is wrong with the token or the key", async (t) => {
  const bearer = { authorization: `Bearer ${token}` };
  const past = await signWithSecret(userClaims({ iat: 1_000_000_000, exp: 1_000_003_600 }));
  const foreign = await signWithSecret(userClaims({ aud: "others" }));
  const cases: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    [
      "no token",
      {},
      /^Bearer error_description="The header Authorization: Bearer TOKEN is missing"/,
    ],
    ["no token at all", { authorization: "Bearer x" }, /"invalid_token".*"This is no token"/],
    ["an expired one", { authorization: `Bearer ${past}` }, /The token has expired: .* refresh it/],
    ["a foreign one", { authorization: `Bearer ${foreign}` }, /not one of a user of this project/],
    ["no key", bearer, /^ApiKey header="X-API-Key", error="missing", error_description="/],
    ["a mistyped key", { ...bearer, "x-api-key": `${KEY}x` }, /error="malformed"/],
    ["a made-up key", { ...bearer, "x-api-key": generateApiKey("test") }, /error="unknown"/],
    [
      "the publishable key, as supabase-js sends it for who is not signed in",
      { authorization: `Bearer ${PUBLISHABLE}` },
      /"invalid_token".*"This is a publishable key, and no token of a user: sign the user in/,
    ],
    [
      "the same of an older project",
      { authorization: `Bearer ${await signWithSecret({ role: "anon" })}` },
      /"This is a publishable key, and no token/,
    ],
    [
      "a secret key as a token",
      { authorization: "Bearer sb_secret_AbCdEfGhIjKlMnOpQrStUv" },
      /"This is a secret key, which no app may have, and no token/,
    ],
    [
      "the app's key as a token",
      { authorization: `Bearer ${KEY}` },
      /"This is an API key, which belongs in X-API-Key, and no token/,
    ],
    [
      "the publishable key as the app's",
      { ...bearer, "x-api-key": PUBLISHABLE },
      /error="publishable_key".*"This is a publishable key, which belongs in apikey: send the key/,
    ],
    [
      "a secret key as the app's",
      { ...bearer, "x-api-key": "sb_secret_AbCdEfGhIjKlMnOpQrStUv" },
      /error="secret_key".*"This is a secret key, which no app may have: send/,
    ],
    [
      "a token as the app's key",
      { ...bearer, "x-api-key": token },
      /error="user_token".*"This is the token of a user, which belongs in Authorization: send/,
    ],
  ];
  for (const [name, headers, words] of cases) {
    await t.step(name, async () => assert.match((await refusal(headers)).challenge ?? "", words));
  }
});
