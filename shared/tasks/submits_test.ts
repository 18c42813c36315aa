import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { fakeSql } from "../../testing/fake_sql.ts";
import { ApiError } from "../contract/errors.ts";
import { parseCommand } from "../generation/command.ts";
import { createSubmits, type Submits, type Submitter } from "./submits.ts";

const command = parseCommand("text-to-image", {
  task_id: "task-1",
  provider: "openai",
  prompt: "a clay robot",
});
const ann: Submitter = {
  userId: "ann",
  plan: "free",
  apiKeyId: "key",
  requestId: "request",
  inputs: [],
};
const accepted = {
  id: "11111111-1111-4111-8111-111111111111",
  status: "pending",
  replayed: false,
  conflicts: [],
  wake: true,
  expectedStartSeconds: null,
  exceededLimit: null,
};

/** The submits of a database that answers one row, and what it was told. */
function answering(row: unknown): Submits & { told: unknown[][] } {
  const told: unknown[][] = [];
  const sql = fakeSql((values) => {
    told.push([...values]);
    return Promise.resolve([row]);
  });
  return { ...createSubmits(Object.assign(sql, { json: (value: unknown) => value })), told };
}

Deno.test("a submit and a dry run are one statement that differs in one value", async () => {
  const { submit, dryRun, told } = answering(accepted);
  await submit(command, ann);
  await dryRun(command, ann);
  const [wet = [], dry = []] = told;
  const differing = wet.map((value, index) => [value, dry[index]])
    .filter(([a, b]) => !isDeepStrictEqual(a, b));
  assert.deepEqual(differing, [[false, true]]);
  assert.equal(wet.length, dry.length);
  assert.ok(wet.includes("free"));
});

Deno.test("an accepted one has an id, and a dry run of a new one has none", async () => {
  const { expectedStartSeconds: _, exceededLimit: __, ...submission } = accepted;
  assert.deepEqual(await answering(accepted).submit(command, ann), submission);
  const dry = { ...accepted, id: null, status: null, expectedStartSeconds: 30 };
  assert.deepEqual(await answering(dry).dryRun(command, ann), {
    replay: undefined,
    expectedStartSeconds: 30,
  });
  const replayed = { ...accepted, replayed: true, wake: false };
  assert.deepEqual(await answering(replayed).dryRun(command, ann), {
    replay: { ...submission, replayed: true, wake: false },
    expectedStartSeconds: 0,
  });
});

Deno.test("what the database refuses is an error, wet or dry", async () => {
  const refused = {
    ...accepted,
    id: null,
    exceededLimit: "usd_per_day",
    used: 4.9,
    allowed: 5,
    resetsAt: new Date("2026-11-29T00:00:00Z"),
    retryAfterSeconds: 5_000,
  };
  const { submit, dryRun } = answering(refused);
  for (const ask of [submit, dryRun]) {
    await assert.rejects(ask(command, ann), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.code, error.retryAfterSeconds], ["quota_exceeded", 5_000]);
      assert.equal(error.quota?.limit, "usd_per_day");
      return true;
    });
  }
});
