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
  clientName: "app",
  allowedOperations: ["text-to-image"],
}];
const token = await signWithSecret();
const limit = (perMinute: number): UserLimit => createUserLimit({ perMinute, what: "requests" });

interface Refused {
  readonly code: string;
  readonly message: string;
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
    return { code: error.code, message: error.message, queries };
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
      assert.deepEqual(await refusal({ ...headers, "x-api-key": KEY }), {
        code: "unauthorized",
        message: "Missing or invalid token",
        queries: 0,
      });
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
