import fc from "fast-check";
import { blocks, unblocks } from "./block_commands.ts";
import { withProject } from "./database.ts";
import { budgets } from "./budgets.ts";
import { crashes, duplicates, earlies, losses, passes, unknownMessages } from "./fault_commands.ts";
import { limits, pauses, recoveries, returns, shares, sweeps } from "./operator_commands.ts";
import { checkSequences } from "./sequences.ts";
import type { Settlement } from "./settle.ts";
import { cancels, leaves, purges, requestsOfOne, rivals, submits } from "./user_commands.ts";
import { claims, settlements, settles, settlesLate } from "./worker_commands.ts";

const { complete, fail, retry, busy, down, snooze, release, markCallSent, extend } = settlements;
const snoozeForNoTime = fc.constant<Settlement>({ kind: "snooze", delay: 0 });
const everyday = [
  ...[submits, submits, submits, submits, submits],
  ...[claims, claims, claims, settles(markCallSent), settles(complete), settles(snooze)],
];

/** Operations that are likely together, by what they try. No sum of seconds is that of a user's pause. */
const SEQUENCES = {
  "when workers are lost and come back late": [
    ...everyday,
    ...[settles(fail), settles(retry), settles(extend), settlesLate, settlesLate],
    ...[crashes, crashes, passes(10, 10, 20, 50), recoveries, earlies, cancels],
  ],
  "when workers are lost again and again": [
    ...[submits, claims, claims, settles(markCallSent), settles(snoozeForNoTime)],
    ...[crashes, crashes],
  ],
  "when messages are lost, doubled or come early": [
    ...everyday,
    ...[losses, losses, duplicates, duplicates, earlies, unknownMessages, crashes],
    ...[passes(10, 70, 110), sweeps, recoveries, cancels, leaves, settles(retry), returns],
  ],
  "when lanes and pools have limits and rest": [
    ...everyday,
    ...[limits, limits, shares, pauses, settles(retry), settles(busy), settles(busy)],
    ...[settles(fail), passes(10, 30, 70), cancels, crashes],
  ],
  "when providers are down": [
    ...[submits, submits, claims, claims, settles(down), settles(down), settles(down)],
    ...[settles(down), settles(fail), settles(complete), settles(snooze), pauses],
    ...[passes(17, 17, 37, 110), settles(busy)],
  ],
  "when one user makes a provider fail": [
    ...[requestsOfOne, requestsOfOne, requestsOfOne, requestsOfOne, claims, claims, claims],
    ...[settles(down), settles(down), settles(down), settles(down), settles(down)],
    ...[settles(down), settles(complete), passes(17, 17, 37)],
  ],
  "when what a provider works on is given up": [
    ...everyday,
    ...[cancels, cancels, cancels, settles(markCallSent), settles(extend), settles(release)],
    ...[settles(fail), settles(retry), settlesLate, passes(10, 50), recoveries, crashes, shares],
  ],
  "when what there is of a user is deleted": [
    ...everyday,
    ...[purges, purges, purges, leaves, settles(markCallSent), settles(extend), settles(release)],
    ...[settles(fail), settles(retry), settlesLate, passes(10, 50), recoveries, crashes, cancels],
    ...[sweeps, duplicates, losses],
  ],
  "when users are blocked, and may come back": [
    ...everyday,
    ...[blocks, blocks, unblocks, unblocks, returns, cancels, purges, leaves, sweeps],
    ...[settles(fail), settles(retry), settles(extend), settles(release), settlesLate],
    ...[passes(10, 50), recoveries, crashes, losses, duplicates],
  ],
  "when users take turns": [
    ...[rivals, rivals, rivals, rivals, rivals, claims, claims, settles(complete)],
    ...[settles(complete), settles(complete), passes(30, 70, 70)],
  ],
  "when there are caps": [
    ...everyday,
    ...[submits, submits, budgets, budgets, settles(fail), settles(retry), settles(markCallSent)],
    ...[passes(10, 50, 3600, 86_400), cancels, purges, crashes, recoveries, leaves],
  ],
  "when operators serve again what failed": [
    ...everyday,
    ...[settles(fail), settles(fail), crashes, claims, returns, returns, leaves],
    ...[blocks, unblocks],
  ],
};

Deno.test("random sequences of operations break no rule", async (t) => {
  await withProject(async (url) => {
    for (const [name, steps] of Object.entries(SEQUENCES)) {
      await t.step(name, () => checkSequences(url, { steps, maxSteps: 60, runs: 40 }));
    }
  });
});
