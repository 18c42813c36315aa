import fc from "fast-check";
import assert from "node:assert/strict";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import { cancel, countChanges, purge, type Request, submit } from "./operations.ts";
import { isFinal, isWorkedOn, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { checkSubmission } from "./submissions.ts";
import {
  CALL_SECONDS,
  ESTIMATES,
  KEYS,
  LANES,
  LEAST_RUNS,
  PLACES,
  TIME_LIMITS,
  type User,
  USERS,
} from "./vocabulary.ts";
import { pick } from "./world.ts";

export const user = fc.constantFrom(...USERS);
export const lane = fc.constantFrom(...LANES.map(({ name }) => name));
/** Stands for one of those that are there when a step is done. */
export const which = fc.nat({ max: 30 });

/** Few names, so that they come again. */
const request = fc.record({
  by: user,
  name: fc.constantFrom<string>("a", "b", "c", "d", "e", "f"),
  place: fc.constantFrom(...PLACES),
  results: fc.integer({ min: 1, max: 3 }),
  prompt: fc.constantFrom<string>("cat", "cat", "cat", "dog"),
  seconds: fc.constantFrom(...TIME_LIMITS),
  leastRun: fc.constantFrom(...LEAST_RUNS),
  maxCall: fc.constantFrom(...CALL_SECONDS),
  inputBytes: fc.constantFrom<number>(0, 0, 10),
  isLimited: fc.boolean(),
  ...{ estimateUsd: fc.constantFrom(...ESTIMATES), apiKeyId: fc.constantFrom(null, ...KEYS) },
  output: fc.constantFrom<"image" | "model">("image", "image", "model"),
  isDryRun: fc.constantFrom(false, false, false, false, true),
});

export const submits: fc.Arbitrary<ModelCommand> = request.map(submitting);

/** All with time enough, none twice, and of different sizes: what only fair queueing decides. */
export const rivals: fc.Arbitrary<ModelCommand> = fc.record({
  by: user,
  name: fc.uuid(),
  lane: fc.constantFrom("left", "right", "right"),
}).map(({ lane, by, name }) =>
  submitting({
    ...{ by, name, place: { lane, pool: "default" }, results: USERS.indexOf(by) === 0 ? 3 : 1 },
    ...{ prompt: "cat", seconds: 995, leastRun: 0, maxCall: 0, inputBytes: 0, isLimited: false },
  })
);

/** Nearly all of one user's: what makes a provider fail may be what is asked for. */
export const requestsOfOne: fc.Arbitrary<ModelCommand> = fc.record({
  by: fc.constantFrom(...[0, 0, 0, 0, 0, 1].flatMap((index) => USERS[index] ?? [])),
  name: fc.uuid(),
}).map((one) =>
  submitting({
    ...{ ...one, place: { lane: "left", pool: "default" }, results: 1, prompt: "cat" },
    ...{ seconds: 995, leastRun: 0, maxCall: 0, inputBytes: 0, isLimited: false },
  })
);

type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;
type Money = "estimateUsd" | "apiKeyId" | "output" | "isDryRun";
type Asked = Omit<Drawn, Money> & Partial<Pick<Drawn, Money>>;

function submitting(
  { by, name, place, prompt, ...rest }: Asked,
): ModelCommand {
  const { lane, pool } = place;
  const what = Object.entries(rest).map((entry) => entry.join(" ")).join(", ");
  const text = `submit(${by.name}/${name}, ${lane}/${pool}, "${prompt}", ${what})`;
  const request: Request = {
    ...{ userId: by.id, clientTaskId: name, operation: "text-to-image", provider: lane, pool },
    ...{ parameters: { prompt }, ...rest },
  };
  return modelCommand(text, (world) => ({
    text,
    run: async (before) => {
      const live = liveTask(request, before);
      const submission = await submit(world.sql, request);
      return (after) => checkSubmission(submission, request, live, before, after, world);
    },
  }));
}

/** The task that keeps another one from being accepted under the same name. */
function liveTask(request: Request, { rows }: Snapshot): Task | undefined {
  return rows.tasks.find((task) =>
    task.user_id === request.userId && task.operation === request.operation &&
    task.client_task_id === request.clientTaskId && !["failed", "canceled"].includes(task.status)
  );
}

export const cancels: fc.Arbitrary<ModelCommand> = fc.tuple(which, user).map(([index, by]) =>
  modelCommand(`cancel(task ${index} by ${by.name})`, (world) => {
    const task = pick(world.tasks, index);
    return task && {
      text: `cancel ${world.nameOf(task.id)} by ${by.name}`,
      run: async (before) => {
        const answer = await cancel(world.sql, by.id, task.id);
        return (after) => {
          checkCancellation(answer, task, by, before, after);
          // As long as the provider is at it somebody is to learn how it ends.
          if (answer?.canceled && !taskById(after, task.id)?.winds_down) world.endLeases(task.id);
        };
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
  if (task.user_id !== by.id || task.is_purged) {
    assert.equal(answer, undefined, "another user's task, or none any more");
  } else {
    const status = isFinal(task) ? task.status : "canceled";
    const billed = billedFor(task, after);
    assert.deepEqual({ ...answer }, { status, billed, canceled: status === "canceled" });
    const now = taskById(after, task.id);
    assert.equal(now?.status, status);
    if (!isFinal(task)) {
      assert.equal(
        now?.winds_down,
        isWorkedOn(task, before),
        "what the provider works on winds down",
      );
      return;
    }
  }
  assert.deepEqual(after.rows, before.rows, "there was nothing to cancel");
}

/** Whether its provider bills something. */
function billedFor(task: Task, { rows }: Snapshot): string {
  const calls = rows.calls.filter(({ task_id }) => task_id === task.id);
  const has = (outcome: string): boolean => calls.some((call) => call.outcome === outcome);
  if (task.handle !== null || has("succeeded")) return "yes";
  const isSent = calls.some((call) => call.outcome === null && call.sent_at !== null);
  return has("ambiguous") || isSent ? "maybe" : "no";
}

/** A task is deleted for good, in whatever state it is. */
export const purges: fc.Arbitrary<ModelCommand> = fc.tuple(which, user).map(([index, by]) =>
  modelCommand(`purge(task ${index} by ${by.name})`, (world) => {
    const task = pick(world.tasks, index);
    return task && {
      text: `purge ${world.nameOf(task.id)} by ${by.name}`,
      mayErase: true,
      run: async (before) => {
        const billed = await purge(world.sql, by.id, task.id);
        return (after) => checkPurge(billed, task, by, before, after);
      },
    };
  })
);

function checkPurge(
  billed: string | undefined,
  task: Task,
  by: User,
  before: Snapshot,
  after: Snapshot,
): void {
  if (task.user_id !== by.id || task.is_purged) {
    assert.equal(billed, undefined, "another user's task, or none any more");
    assert.deepEqual(after.rows, before.rows, "there was nothing to purge");
    return;
  }
  assert.equal(billed, billedFor(task, before));
  const now = taskById(after, task.id);
  assert.equal(now?.is_purged ?? false, isWorkedOn(task, before), "what is worked on is booked");
  if (now) assert.equal(now.user_id, by.id, "it counts against its user");
  const others = ({ rows }: Snapshot): Task[] => rows.tasks.filter(({ id }) => id !== task.id);
  assert.deepEqual(others(after), others(before), "no other task has changed");
}

/** An account is deleted, with all its tasks, but what providers work on. Then the user comes back. */
export const leaves: fc.Arbitrary<ModelCommand> = user.map(({ name, id }) =>
  modelCommand(`leave(${name})`, (world) => ({
    text: `${name} leaves, and comes back`,
    mayErase: true,
    run: async (before) => {
      await world.sql`delete from auth.users where id = ${id}`;
      await world.sql`insert into auth.users (id) values (${id})`;
      await countChanges(world.sql);
      world.breaker.leave(id);
      world.books.leave(id);
      return (after) => {
        assert.ok(after.rows.tasks.every(({ user_id }) => user_id !== id));
        assert.equal(after.rows.calls.length, before.rows.calls.length, "the ledger stays");
        for (const task of before.rows.tasks.filter(({ user_id }) => user_id === id)) {
          const now = taskById(after, task.id);
          assert.equal(now !== undefined, isWorkedOn(task, before), "what is worked on is booked");
        }
      };
    },
  }))
);
