import fc from "fast-check";
import { withProject } from "./database.ts";
import { crashes, duplicates, earlies, losses, passes, unknownMessages } from "./fault_commands.ts";
import type { Settlement } from "./operations.ts";
import { expiries, limits, pauses, returns, sweeps } from "./operator_commands.ts";
import { checkSequences } from "./sequences.ts";
import { cancels, leaves, submits } from "./user_commands.ts";
import { claims, settlements, settles, settlesLate } from "./worker_commands.ts";

const { complete, fail, retry, snooze, markCallSent, extend } = settlements;
const snoozeForNoTime = fc.constant<Settlement>({ kind: "snooze", delay: 0 });
const everyday = [
  ...[submits, submits, submits, submits, submits],
  ...[claims, claims, claims, settles(markCallSent), settles(complete), settles(snooze)],
];

Deno.test("random sequences of operations break no rule", async (t) => {
  await withProject(async (url) => {
    await t.step("when workers are lost and come back late", () =>
      checkSequences(url, {
        steps: [
          ...everyday,
          ...[settles(fail), settles(retry), settles(extend), settlesLate, settlesLate],
          ...[crashes, crashes, passes(10, 10, 20, 50), expiries, earlies, cancels],
        ],
        maxSteps: 60,
        runs: 40,
      }));

    await t.step("when workers are lost again and again", () =>
      checkSequences(url, {
        steps: [
          submits,
          claims,
          claims,
          settles(markCallSent),
          settles(snoozeForNoTime),
          crashes,
          crashes,
        ],
        maxSteps: 80,
        runs: 30,
      }));

    await t.step(
      "when messages are lost, doubled or come early",
      () =>
        checkSequences(url, {
          steps: [
            ...everyday,
            ...[losses, losses, duplicates, duplicates, earlies, unknownMessages, crashes],
            ...[passes(10, 70, 110), sweeps, expiries, cancels, leaves, settles(retry), returns],
          ],
          maxSteps: 60,
          runs: 40,
        }),
    );

    await t.step("when lanes have limits and rest", () =>
      checkSequences(url, {
        steps: [
          ...everyday,
          ...[limits, limits, pauses, settles(retry), settles(retry), settles(fail)],
          ...[passes(10, 30, 70), cancels, crashes],
        ],
        maxSteps: 60,
        runs: 40,
      }));

    await t.step("when users take turns", () =>
      checkSequences(url, {
        steps: [
          ...[submits, submits, submits, claims, claims, settles(complete), settles(retry)],
          ...[cancels, passes(30, 50), losses, sweeps],
        ],
        maxSteps: 60,
        runs: 40,
      }));

    await t.step("when operators serve again what failed", () =>
      checkSequences(url, {
        steps: [
          ...everyday,
          settles(fail),
          settles(fail),
          crashes,
          claims,
          returns,
          returns,
          leaves,
        ],
        maxSteps: 60,
        runs: 40,
      }));
  });
});
