import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { VERSION } from "../../../shared/contract/version.ts";
import { fakeSql } from "../../../testing/fake_sql.ts";
import { type RecordedLog, recordLog } from "../../../testing/recorded_log.ts";
import { createHealthCheck } from "./health.ts";

const healthy = {
  postgres: "17.6",
  pgmq: "1.5.1",
  broken: [],
  problems: [],
  pauseMessage: null,
  retryAfterSeconds: null,
};

/** A database that answers what it is told, and counts. */
function database(): { answer: () => Promise<readonly unknown[]>; asked: number } {
  return { answer: () => Promise.resolve([healthy]), asked: 0 };
}

function setup(checkBucket: () => Promise<string | undefined> = () => Promise.resolve(undefined)): {
  base: ReturnType<typeof database>;
  clock: { now: number };
  check: () => Promise<unknown>;
  checkAsStranger: () => Promise<unknown>;
  lines: RecordedLog["lines"];
} {
  const base = database();
  const clock = { now: 0 };
  const sql = fakeSql(() => {
    base.asked++;
    return base.answer();
  });
  const times = { now: () => clock.now, timeout: 20 };
  const { log, lines } = recordLog();
  const health = createHealthCheck(sql, checkBucket, log, times);
  return {
    lines,
    base,
    clock,
    check: () => health.check(true),
    checkAsStranger: () => health.check(false),
  };
}

/** The message of a 503. */
async function reasonOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(() => undefined, (error) => error);
  assert.ok(error instanceof ApiError && error.code === "unavailable", String(error));
  return error.message;
}

Deno.test("many who ask at once and in the next seconds are one query", async () => {
  const { base, clock, check } = setup();
  await Promise.all(Array.from({ length: 100 }, check));
  clock.now = 4_999;
  assert.deepEqual(await check(), {
    status: "ok",
    versions: { backend: VERSION, postgres: "17.6", pgmq: "1.5.1" },
    problems: [],
  });
  assert.equal(base.asked, 1);
  clock.now = 5_000;
  await check();
  assert.equal(base.asked, 2);
});

Deno.test("a database that cannot be reached is a 503, and is not asked more often", async () => {
  const { base, clock, check } = setup();
  base.answer = () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.1:5432"));
  assert.equal(await reasonOf(check()), "The database cannot be reached");
  await reasonOf(check());
  assert.equal(base.asked, 1);
  base.answer = () => Promise.resolve([healthy]);
  clock.now = 5_000;
  await check();
});

Deno.test("what a 503 comes from is logged, once for all who are answered by it", async (t) => {
  await t.step("a database that cannot be reached", async () => {
    const { base, lines, checkAsStranger } = setup();
    base.answer = () => Promise.reject(new Error("SSL connection is required"));
    await Promise.all([reasonOf(checkAsStranger()), reasonOf(checkAsStranger())]);
    await reasonOf(checkAsStranger());
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.["level"], "error");
    assert.match(String(lines[0]?.["error"]), /cannot be reached[^]*SSL connection is required/);
  });
  await t.step("no worker", async () => {
    const { base, lines, checkAsStranger } = setup();
    base.answer = () => Promise.resolve([{ ...healthy, broken: ["worker_silent"] }]);
    await reasonOf(checkAsStranger());
    assert.match(String(lines[0]?.["error"]), /worker_silent/);
  });
  await t.step("a wrong bucket", async () => {
    const { lines, checkAsStranger } = setup(() => Promise.resolve("The bucket is private"));
    await reasonOf(checkAsStranger());
    assert.match(String(lines[0]?.["error"]), /The bucket is private/);
  });
  await t.step("nothing is wrong", async () => {
    const { lines, checkAsStranger } = setup();
    await checkAsStranger();
    assert.deepEqual(lines, []);
  });
});

Deno.test("a database that does not answer in time is a 503, too", async () => {
  const { base, check } = setup();
  base.answer = () => new Promise(() => {});
  assert.equal(await reasonOf(check()), "The database cannot be reached");
});

Deno.test("a database that takes no writes is a 503 that says so", async (t) => {
  for (const code of ["25006", "53100"]) {
    await t.step(code, async () => {
      const { base, check } = setup();
      base.answer = () => Promise.reject(Object.assign(new Error("x"), { code }));
      assert.match(await reasonOf(check()), /^The database takes no writes/);
    });
  }
});

Deno.test("what is wrong while work goes on is listed", async () => {
  const { base, check } = setup();
  base.answer = () => Promise.resolve([{ ...healthy, problems: ["lane_paused"] }]);
  const body = await check();
  assert.deepEqual(body, {
    status: "ok",
    versions: { backend: VERSION, postgres: "17.6", pgmq: "1.5.1" },
    problems: ["lane_paused"],
  });
});

Deno.test("nothing works: a 503 that says why", async () => {
  const { base, check } = setup();
  const broken = ["queue_missing", "worker_silent"];
  base.answer = () => Promise.resolve([{ ...healthy, broken, problems: broken }]);
  assert.equal(
    await reasonOf(check()),
    "A queue is missing; Work is due, and no worker does it (queue_missing, worker_silent)",
  );
});

Deno.test("a bucket that is not as the settings say is a 503 in its words", async () => {
  const { check } = setup(() => Promise.resolve("The bucket is private"));
  assert.equal(await reasonOf(check()), "The bucket is private");
});

Deno.test("a stranger learns whether it works, and no more", async (t) => {
  await t.step("well, whatever the operator is told", async () => {
    const { base, checkAsStranger } = setup();
    base.answer = () => Promise.resolve([{ ...healthy, problems: ["lane_paused"] }]);
    assert.deepEqual(await checkAsStranger(), { status: "ok" });
  });
  const unavailable = "The service is not available at the moment; try again";
  const ills: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
    "no database": () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.1:5432")),
    "no writes": () => Promise.reject(Object.assign(new Error("x"), { code: "25006" })),
    "no worker": () => Promise.resolve([{ ...healthy, broken: ["worker_silent"] }]),
  };
  for (const [name, answer] of Object.entries(ills)) {
    await t.step(name, async () => {
      const { base, checkAsStranger } = setup();
      base.answer = answer;
      assert.equal(await reasonOf(checkAsStranger()), unavailable);
    });
  }
  await t.step("a wrong bucket", async () => {
    const { checkAsStranger } = setup(() => Promise.resolve("The bucket is private"));
    assert.equal(await reasonOf(checkAsStranger()), unavailable);
  });
});

Deno.test("strangers and the operator are one query together", async () => {
  const { base, check, checkAsStranger } = setup();
  await Promise.all([check(), checkAsStranger(), checkAsStranger()]);
  assert.equal(base.asked, 1);
});

Deno.test("while submits are paused everybody is told so, in the operator's words", async (t) => {
  const pause = { pauseMessage: "Back at noon", retryAfterSeconds: 600 };
  await t.step("a 503 until it is over", async () => {
    const { base, clock, check, checkAsStranger } = setup();
    base.answer = () => Promise.resolve([{ ...healthy, ...pause }]);
    const asked = [[checkAsStranger, ""], [check, " (submits_paused)"]] as const;
    for (const [ask, code] of asked) {
      await assert.rejects(ask(), (error) => {
        assert.ok(error instanceof ApiError);
        assert.deepEqual(
          [error.code, error.message, error.retryAfterSeconds],
          ["unavailable", `Back at noon${code}`, 600],
        );
        return true;
      });
    }
    base.answer = () => Promise.resolve([healthy]);
    clock.now = 5_000;
    assert.deepEqual(await checkAsStranger(), { status: "ok" });
  });
  await t.step("what is broken comes first, and is told to the operator alone", async () => {
    const { base, check, checkAsStranger } = setup();
    base.answer = () => Promise.resolve([{ ...healthy, ...pause, broken: ["worker_silent"] }]);
    assert.match(await reasonOf(check()), /worker_silent/);
    assert.doesNotMatch(await reasonOf(checkAsStranger()), /worker|noon/);
  });
});
