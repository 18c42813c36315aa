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
import { rejectToken } from "./challenge.ts";
import { ApiError } from "../contract/errors.ts";
import { rememberTokens } from "./remembered_tokens.ts";
import { createTokenVerifier, type TokenUser } from "./user_token.ts";

const USER: TokenUser = { userId: USER_ID, plan: "default", isOperator: false };
const START = 1_700_000_000_000;

/** A memory at a time of the test's own, over a check that only counts. */
function createMemory(answer: () => Promise<TokenUser> = () => Promise.resolve(USER)) {
  const time = { now: START };
  const checked: string[] = [];
  const { verify } = rememberTokens({
    verify(token) {
      checked.push(token);
      return answer();
    },
  }, () => time.now);
  return { time, checked, verify };
}

const expiringIn = (seconds: number | undefined, name = "x"): Promise<string> =>
  signWithSecret(userClaims({ exp: seconds && START / 1_000 + seconds, name }));

Deno.test("a token is verified once a minute", async () => {
  for (const seconds of [3_600, undefined]) {
    const { time, checked, verify } = createMemory();
    const token = await expiringIn(seconds);
    for (const passed of [0, 30_000, 59_999]) {
      time.now = START + passed;
      assert.deepEqual(await verify(token), USER);
    }
    assert.equal(checked.length, 1);
    time.now = START + 60_000;
    assert.deepEqual(await verify(token), USER);
    assert.equal(checked.length, 2);
  }
});

Deno.test("a token is not believed when its time is over, to the millisecond", async () => {
  const { time, checked, verify } = createMemory();
  const token = await expiringIn(10);
  await verify(token);
  time.now = START + 9_999;
  await verify(token);
  assert.equal(checked.length, 1);
  time.now = START + 10_000;
  await verify(token);
  await verify(token);
  assert.equal(checked.length, 3, "from then on each time");
});

Deno.test("a token that has expired is refused as it is without a memory", async () => {
  const settings = {
    keySet: undefined,
    keySetUrl: "http://127.0.0.1:9",
    secret: SECRET,
    issuers: [ISSUER],
    allowAnonymous: false,
    maxTokenSeconds: 604_800,
  };
  const { verify } = rememberTokens(createTokenVerifier(settings));
  const exp = Math.floor(Date.now() / 1_000) - 60;
  const token = await signWithSecret(userClaims({ exp }));
  await assert.rejects(verify(token), rejectToken("expired"));
});

Deno.test("a token whose key Auth has lost is refused within five minutes, however often it is used", async (t) => {
  const key = await createSigningKey("ES256");
  for (const everySeconds of [1, 59, 60, 175, 234]) {
    await t.step(`every ${everySeconds} s`, async () => {
      const time = { now: START };
      const auth = { keys: [key.publicJwk] };
      const settings = {
        keySet: { keys: [key.publicJwk] },
        keySetUrl: "http://127.0.0.1:9",
        secret: undefined,
        issuers: [ISSUER],
        allowAnonymous: false,
        maxTokenSeconds: 604_800,
      };
      const { verify } = rememberTokens(
        createTokenVerifier(settings, () => Promise.resolve({ ...auth }), () => time.now),
        () => time.now,
      );
      const iat = START / 1_000;
      const token = await signToken(key, userClaims({ iat, exp: iat + 3_600 }));
      assert.deepEqual(await verify(token), USER);
      auth.keys = [];
      let lastUse = 0;
      for (let passed = 0; passed <= 600; passed += everySeconds) {
        time.now = START + passed * 1_000;
        if (await verify(token).catch(() => undefined)) lastUse = passed;
      }
      assert.ok(lastUse < 300, `still good after ${lastUse} s`);
    });
  }
});

Deno.test("a refusal is not remembered, and no other token is believed for a good one", async () => {
  const answers = [
    () => Promise.reject(new ApiError("unauthorized", "Missing or invalid token")),
    () => Promise.resolve(USER),
    () => Promise.reject(new ApiError("unauthorized", "Missing or invalid token")),
  ];
  const { checked, verify } = createMemory(() => answers.shift()?.() ?? Promise.resolve(USER));
  const token = await expiringIn(3_600);
  await assert.rejects(verify(token));
  assert.deepEqual(await verify(token), USER);
  assert.deepEqual(await verify(token), USER);
  await assert.rejects(verify(`${token}x`));
  assert.equal(checked.length, 3);
});

Deno.test("a thousand tokens are remembered, and the oldest forgotten for the next", async () => {
  const { checked, verify } = createMemory();
  const tokens = await Promise.all(
    Array.from({ length: 1_001 }, (_, number) => expiringIn(3_600, `${number}`)),
  );
  for (const token of tokens) await verify(token);
  assert.equal(checked.length, 1_001);
  await verify(tokens[1] ?? "");
  await verify(tokens[1_000] ?? "");
  assert.equal(checked.length, 1_001);
  await verify(tokens[0] ?? "");
  assert.equal(checked.length, 1_002);
});

Deno.test("a plan that has changed counts from the next token on, and no token gets another's", async () => {
  const settings = {
    keySet: undefined,
    keySetUrl: "http://127.0.0.1:9",
    secret: SECRET,
    issuers: [ISSUER],
    allowAnonymous: true,
    maxTokenSeconds: 604_800,
  };
  const { verify } = rememberTokens(createTokenVerifier(settings));
  const [before, after] = await Promise.all([
    signWithSecret(userClaims({ app_metadata: { plan: "free" } })),
    signWithSecret(userClaims({ app_metadata: { plan: "paid" } })),
  ]);
  const plans: string[] = [];
  for (const token of [before, before, after, before, after]) {
    const { userId, plan } = await verify(token);
    assert.equal(userId, USER_ID);
    plans.push(plan);
  }
  assert.deepEqual(plans, ["free", "free", "paid", "free", "paid"]);
});
