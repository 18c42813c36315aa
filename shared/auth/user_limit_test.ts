import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import { createUserLimit, type UserLimit } from "./user_limit.ts";

/** A limit at a time of the test's own. */
function setup(perMinute: number): UserLimit & {
  readonly time: { now: number };
  /** How many of so many tries are let through. */
  tries(count: number, userId?: string): number;
  /** After how many seconds to try again. */
  retryAfter(): number | undefined;
} {
  const time = { now: 1_700_000_000_000 };
  const limit = createUserLimit({ perMinute, what: "requests", now: () => time.now });
  const attempt = (userId = "ann"): ApiError | undefined => {
    try {
      limit.take(userId);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof ApiError);
      assert.equal(error.code, "rate_limited");
      return error;
    }
  };
  return {
    ...limit,
    time,
    tries: (count, userId) =>
      Array.from({ length: count }, () => attempt(userId)).filter((error) => !error).length,
    retryAfter: () => attempt()?.retryAfterSeconds,
  };
}

Deno.test("as many at once as a minute has, then one by one", async (t) => {
  for (const perMinute of [1, 7, 60, 600, 1_200, 1_000_000]) {
    await t.step(String(perMinute), () => {
      const { tries, time } = setup(perMinute);
      const some = Math.min(perMinute, 2_000);
      assert.equal(tries(some), some);
      if (some === perMinute) assert.equal(tries(10), 0);
      time.now += 60_000;
      assert.equal(tries(some), some, "a minute later all of it");
    });
  }
  const { tries, time } = setup(60);
  tries(60);
  time.now += 999;
  assert.equal(tries(5), 0);
  time.now += 1;
  assert.equal(tries(5), 1);
});

Deno.test("who keeps to the pace for ever is never refused", () => {
  const { tries, time } = setup(600);
  for (let second = 0; second < 1_000; second++) {
    assert.equal(tries(10), 10);
    time.now += 1_000;
  }
});

Deno.test("who is refused is told when to try again, and it is true", () => {
  const { tries, time, retryAfter } = setup(4);
  tries(4);
  assert.equal(retryAfter(), 15);
  time.now += 14_999;
  assert.equal(retryAfter(), 1);
  time.now += 1;
  assert.equal(retryAfter(), undefined);
});

Deno.test("refused ones do not count, each user by itself, and what is given back is free", () => {
  const { tries, giveBack } = setup(3);
  assert.equal(tries(100), 3);
  assert.equal(tries(3, "bob"), 3);
  giveBack("ann");
  assert.equal(tries(5), 1);
  giveBack("nobody");
  assert.equal(tries(5, "nobody"), 3);
});

Deno.test("ten thousand users are remembered, and the one who was quiet longest forgotten", () => {
  const { tries } = setup(1);
  for (let user = 0; user < 10_000; user++) tries(1, `user ${user}`);
  assert.equal(tries(1, "user 0"), 0);
  assert.equal(tries(1, "one more"), 1);
  assert.equal(tries(1, "user 9999"), 0);
  assert.equal(tries(1, "user 0"), 1);
});
