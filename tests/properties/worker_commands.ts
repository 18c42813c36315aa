import fc from "fast-check";
import assert from "node:assert/strict";
import type { TaskErrorCode } from "../../shared/tasks/task.ts";
import { checkClaims } from "./claims.ts";
import { type Check, type ModelCommand, modelCommand, type Plan } from "./model_command.ts";
import { claim, countChanges, type Given, recover, type Room } from "./operations.ts";
import { GOING_ON, settle, type Settlement } from "./settle.ts";
import { checkSettlement } from "./settlements.ts";
import { isAhead, type Snapshot, type Task, taskById } from "./snapshot.ts";
import { which } from "./user_commands.ts";
import { checkWindingDown } from "./winding_down.ts";
import { COSTS, SHORT_LIFE } from "./vocabulary.ts";
import { type Claim, pick, type World } from "./world.ts";

/** Mostly workers that have room and time for anything. */
const room = fc.constantFrom<Room>(
  {},
  {},
  {},
  { lifeSeconds: SHORT_LIFE },
  { freeBytes: 15 },
);

export const claims: fc.Arbitrary<ModelCommand> = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  room,
}).map(({ limit, room }) => {
  const text = [limit, ...Object.entries(room)].join(" ");
  return modelCommand(`claim(${text})`, (world) => ({
    text: `a worker looks for ${text}`,
    mayStart: true,
    run: async (before) => {
      const given = await claimWork(world, limit, room);
      world.history.push(
        `  and has ${given.map(({ id }) => world.nameOf(id)).join(", ") || "none"}`,
      );
      return (after) => {
        checkClaims({ ...room, given, limit }, before, after, world);
        for (const { id, lease } of given) world.give(id, lease);
        const started = given.flatMap(({ id }) => taskById(before, id) ?? []);
        world.started = started.filter(({ status }) => status === "pending");
      };
    },
  }));
});

/** Looks again and again, as a worker does, until it has enough or there is no more. */
export async function claimWork({ sql }: World, limit: number, room: Room = {}): Promise<Given[]> {
  await recover(sql);
  const all: Given[] = [];
  let freeBytes = room.freeBytes;
  while (all.length < limit) {
    // A worker that lasts holds all that it was given; the others are empty each time.
    const rest = freeBytes ? { freeBytes, held: all.length } : room;
    const given = await claim(sql, limit - all.length, rest);
    if (given.length === 0) break;
    all.push(...given);
    freeBytes = freeBytes && freeBytes - sum(given.map(({ bytes }) => bytes));
  }
  await countChanges(sql);
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

const delay = fc.constantFrom(0, 10, 30);
const code = fc.constantFrom<TaskErrorCode>(
  ...["provider_unavailable", "provider_unavailable", "provider_credits"] as const,
  ...["content_refused", "timeout", "internal", "storage_failed", "invalid_result"] as const,
);
const retryAfter = fc.constantFrom(null, 40);
const costUsd = fc.constantFrom(...COSTS);
const health = {
  isOwnCut: fc.constantFrom(false, false, false, true),
  scope: fc.constantFrom<"lane" | "pool">("lane", "pool"),
};

export const settlements = {
  complete: fc.tuple(fc.integer({ min: 1, max: 3 }), costUsd).map((
    [count, costUsd],
  ): Settlement => ({
    kind: "complete",
    urls: Array.from({ length: count }, (_, index) => `https://files.example.com/${index}.png`),
    costUsd,
  })),
  fail: fc.record({
    kind: fc.constant<"failure">("failure"),
    code,
    isRetryable: fc.constant(false),
    isFinal: fc.boolean(),
    isAmbiguous: fc.boolean(),
    ...health,
    ...{ delay, retryAfter, costUsd },
  }),
  retry: fc.record({
    kind: fc.constant<"failure">("failure"),
    code,
    isRetryable: fc.constant(true),
    isFinal: fc.constant(false),
    isAmbiguous: fc.boolean(),
    ...health,
    ...{ delay, retryAfter, costUsd },
  }),
  busy: fc.record({
    kind: fc.constant<"failure">("failure"),
    code: fc.constant<TaskErrorCode>("provider_rate_limited"),
    isRetryable: fc.constant(true),
    isFinal: fc.constant(false),
    isAmbiguous: fc.constant(false),
    ...health,
    delay,
    retryAfter,
  }),
  down: fc.record({
    kind: fc.constant<"failure">("failure"),
    code: fc.constant<TaskErrorCode>("provider_unavailable"),
    isRetryable: fc.constant(true),
    isFinal: fc.constant(false),
    isAmbiguous: fc.constant(false),
    isOwnCut: fc.constant(false),
    scope: fc.constant<"lane">("lane"),
    delay: fc.constant(0),
    retryAfter: fc.constant(null),
  }),
  release: fc.constant<Settlement>({ kind: "release" }),
  snooze: fc.record({ kind: fc.constant<"snooze">("snooze"), delay }),
  markCallSent: fc.constant<Settlement>({ kind: "mark call sent" }),
  extend: fc.constant<Settlement>({ kind: "extend" }),
};

/** By a worker that was not lost, as it is nearly always. */
export function settles(settlement: fc.Arbitrary<Settlement>): fc.Arbitrary<ModelCommand> {
  return fc.tuple(settlement, which).map(([settlement, index]) =>
    modelCommand(
      `${textOf(settlement)} of good lease ${index}`,
      (world) => planSettlement(world, settlement, pick(world.goodClaims, index)),
    )
  );
}

/** Under any lease that ever was: most are stale. */
export const settlesLate: fc.Arbitrary<ModelCommand> = fc
  .tuple(fc.oneof(...Object.values(settlements)), which)
  .map(([settlement, index]) =>
    modelCommand(
      `${textOf(settlement)} of any lease ${index}`,
      (world) => planSettlement(world, settlement, pick(world.claims, index)),
    )
  );

function textOf(settlement: Settlement): string {
  return Object.values(settlement).join(" ");
}

function planSettlement(
  world: World,
  settlement: Settlement,
  claim: Claim | undefined,
): Plan | undefined {
  if (!claim) return undefined;
  const { id, lease } = claim;
  // A worker gives back what it has asked nobody for; the ledger may say that it was about to.
  const isAsked = world.seen.rows.calls.some((call) =>
    call.task_id === id && call.outcome === null && call.sent_at !== null && call.handle === null
  );
  if (settlement.kind === "release" && isAsked) return undefined;
  return {
    text: `${textOf(settlement)}: ${world.nameOf(id)} under lease ${lease}`,
    run: async (before): Promise<Check> => {
      const then = taskById(before, id);
      const isGood = then !== undefined && world.isGood(claim) &&
        isInTime(then, settlement, before);
      const settled = await settle(world.sql, claim, settlement) !== null;
      if (isGood && !GOING_ON.includes(settlement.kind)) world.endLeases(id);
      // What was lost before is lost again, and its holder says no more of it.
      if (isGood && settlement.kind === "release") world.forget(claim);
      return (after) => {
        assert.equal(
          settled,
          isGood,
          isGood ? "a good lease was refused" : "a stale lease was taken",
        );
        if (isGood && then.winds_down) checkWindingDown(then, settlement, before, after);
        else if (isGood) checkSettlement(then, settlement, before, after, world);
        else assert.deepEqual(after.rows, before.rows, "a stale lease changes nothing");
      };
    },
  };
}

/** Whether there is still something to go on with: time, a user who waits, a call to be made. */
function isInTime(task: Task, { kind }: Settlement, before: Snapshot): boolean {
  if (!GOING_ON.includes(kind)) return true;
  const isAlive = isAhead(task.deadline_at, before);
  if (kind === "extend") return isAlive || task.winds_down;
  // What would be cut off is not called for.
  const left = (Date.parse(task.deadline_at) - before.at) / 1_000;
  return left > task.least_run_seconds && !task.winds_down && task.handle === null;
}
