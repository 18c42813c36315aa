import fc from "fast-check";
import assert from "node:assert/strict";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import { cancel, type Request, type Submission, submit } from "./operations.ts";
import { isFinal, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { LANES, TIME_LIMITS, type User, USERS } from "./vocabulary.ts";
import { pick } from "./world.ts";

export const user = fc.constantFrom(...USERS);
export const lane = fc.constantFrom(...LANES.map(({ name }) => name));
/** Stands for one of those that are there when a step is done. */
export const which = fc.nat({ max: 30 });

/** Few names, so that they come again. */
export const submits: fc.Arbitrary<ModelCommand> = fc.record({
  by: user,
  name: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  lane,
  results: fc.integer({ min: 1, max: 3 }),
  prompt: fc.constantFrom("cat", "cat", "cat", "dog"),
  seconds: fc.constantFrom(...TIME_LIMITS),
}).map(({ by, name, lane, results, prompt, seconds }) => {
  const text = `submit(${by.name}/${name}, ${lane}, "${prompt}" x ${results}, ${seconds} s)`;
  const request: Request = {
    userId: by.id,
    clientTaskId: name,
    operation: "text-to-image",
    provider: lane,
    parameters: { prompt },
    results,
    seconds,
  };
  return modelCommand(text, (world) => ({
    text,
    run: async (before) => {
      const live = liveTask(request, before);
      const submission = await submit(world.sql, request);
      return (after) => checkSubmission(submission, request, live, before, after);
    },
  }));
});

/** The task that keeps another one from being accepted under the same name. */
function liveTask(request: Request, { rows }: Snapshot): Task | undefined {
  return rows.tasks.find((task) =>
    task.user_id === request.userId && task.operation === request.operation &&
    task.client_task_id === request.clientTaskId && !["failed", "canceled"].includes(task.status)
  );
}

function checkSubmission(
  { id, status, replayed, conflicts }: Submission,
  { provider, parameters }: Request,
  live: Task | undefined,
  before: Snapshot,
  after: Snapshot,
): void {
  if (!live) {
    assert.equal(taskById(before, id), undefined, "a new task is new");
    assert.deepEqual([taskById(after, id)?.status, status], ["pending", "pending"]);
    assert.deepEqual([replayed, conflicts], [false, []]);
    assert.equal(after.rows.messages.length, before.rows.messages.length + 1);
    return;
  }
  assert.deepEqual([id, status, replayed], [live.id, live.status, true]);
  const differing = [
    live.parameters["prompt"] === parameters["prompt"] ? [] : "prompt",
    live.provider === provider ? [] : "provider",
  ].flat();
  assert.deepEqual(conflicts, differing);
  assert.deepEqual(after.rows, before.rows, "a replay changes nothing");
}

export const cancels: fc.Arbitrary<ModelCommand> = fc.tuple(which, user).map(([index, by]) =>
  modelCommand(`cancel(task ${index} by ${by.name})`, (world) => {
    const task = pick(world.tasks, index);
    return task && {
      text: `cancel ${world.nameOf(task.id)} by ${by.name}`,
      run: async (before) => {
        const answer = await cancel(world.sql, by.id, task.id);
        if (answer?.canceled) world.endLeases(task.id);
        return (after) => checkCancellation(answer, task, by, before, after);
      },
    };
  })
);

function checkCancellation(
  answer: Awaited<ReturnType<typeof cancel>>,
  task: Task,
  by: User,
  before: Snapshot,
  after: Snapshot,
): void {
  if (task.user_id !== by.id) {
    assert.equal(answer, undefined, "another user's task");
  } else {
    const status = isFinal(task) ? task.status : "canceled";
    const calls = after.rows.calls.filter(({ task_id }) => task_id === task.id);
    const has = (outcome: string): boolean => calls.some((call) => call.outcome === outcome);
    const isBilled = task.handle !== null || has("succeeded");
    const billed = isBilled ? "yes" : has("ambiguous") ? "maybe" : "no";
    assert.deepEqual({ ...answer }, { status, billed, canceled: status === "canceled" });
    assert.equal(taskById(after, task.id)?.status, status);
    if (!isFinal(task)) return;
  }
  assert.deepEqual(after.rows, before.rows, "there was nothing to cancel");
}

/** An account is deleted, with all its tasks; its messages stay. Then the user comes back. */
export const leaves: fc.Arbitrary<ModelCommand> = user.map(({ name, id }) =>
  modelCommand(`leave(${name})`, (world) => ({
    text: `${name} leaves, and comes back`,
    run: async (before) => {
      await world.sql`delete from auth.users where id = ${id}`;
      await world.sql`insert into auth.users (id) values (${id})`;
      return (after) => {
        assert.ok(after.rows.tasks.every(({ user_id }) => user_id !== id));
        assert.equal(after.rows.calls.length, before.rows.calls.length, "the ledger stays");
      };
    },
  }))
);
