import fc from "fast-check";
import assert from "node:assert/strict";
import type { TaskErrorCode } from "../../shared/tasks/task.ts";
import { checkClaims } from "./claims.ts";
import { type Check, type ModelCommand, modelCommand, type Plan } from "./model_command.ts";
import { claim, type Given, GOING_ON, settle, type Settlement } from "./operations.ts";
import { checkSettlement } from "./settlements.ts";
import { isAhead, taskById } from "./snapshot.ts";
import { which } from "./user_commands.ts";
import { type Claim, pick, type World } from "./world.ts";

export const claims: fc.Arbitrary<ModelCommand> = fc.integer({ min: 1, max: 6 }).map((limit) =>
  modelCommand(`claim(${limit})`, (world) => ({
    text: `a worker looks for ${limit}`,
    mayStart: true,
    run: async (before) => {
      const lost = new Set(world.lost);
      const given = await claimWork(world, limit);
      world.history.push(
        `  and has ${given.map(({ id }) => world.nameOf(id)).join(", ") || "none"}`,
      );
      return (after) => {
        checkClaims({ given, limit }, before, after, world);
        for (const { id, lease } of given) world.give(id, lease);
        const started = given.flatMap(({ id }) => taskById(before, id) ?? []);
        const pending = started.filter(({ status }) => status === "pending");
        world.turns.follow(before, after, pending, lost);
      };
    },
  }))
);

/** Looks again and again, as a worker does, until it has enough or there is no more. */
export async function claimWork({ sql }: World, limit: number): Promise<Given[]> {
  const all: Given[] = [];
  while (all.length < limit) {
    const given = await claim(sql, limit - all.length);
    if (given.length === 0) break;
    all.push(...given);
  }
  return all;
}

const delay = fc.constantFrom(0, 10, 30);
const code = fc.constantFrom<TaskErrorCode>(
  ...["provider_unavailable", "provider_rate_limited", "provider_credits"] as const,
  ...["content_refused", "timeout", "internal", "storage_failed", "invalid_result"] as const,
);
const retryAfter = fc.constantFrom(null, 40);

export const settlements = {
  complete: fc.integer({ min: 1, max: 3 }).map((count): Settlement => ({
    kind: "complete",
    urls: Array.from({ length: count }, (_, index) => `https://files.example.com/${index}.png`),
  })),
  fail: fc.record({
    kind: fc.constant<"failure">("failure"),
    code,
    isRetryable: fc.constant(false),
    isFinal: fc.boolean(),
    isAmbiguous: fc.boolean(),
    delay,
    retryAfter,
  }),
  retry: fc.record({
    kind: fc.constant<"failure">("failure"),
    code,
    isRetryable: fc.constant(true),
    isFinal: fc.constant(false),
    isAmbiguous: fc.boolean(),
    delay,
    retryAfter,
  }),
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
  return {
    text: `${textOf(settlement)}: ${world.nameOf(id)} under lease ${lease}`,
    run: async (before): Promise<Check> => {
      const then = taskById(before, id);
      const isToCall = settlement.kind !== "mark call sent" || then?.handle === null;
      const isInTime = !GOING_ON.includes(settlement.kind) ||
        isAhead(then?.deadline_at ?? null, before);
      const isGood = then !== undefined && world.isGood(claim) && isInTime && isToCall;
      const settled = await settle(world.sql, claim, settlement) !== null;
      if (isGood && !GOING_ON.includes(settlement.kind)) world.endLeases(id);
      return (after) => {
        assert.equal(
          settled,
          isGood,
          isGood ? "a good lease was refused" : "a stale lease was taken",
        );
        if (isGood) checkSettlement(then, settlement, before, after);
        else assert.deepEqual(after.rows, before.rows, "a stale lease changes nothing");
      };
    },
  };
}
