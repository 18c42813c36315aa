import { print } from "../../../tools/command_line.ts";
import type { FaultStack } from "../../faults/fault_stack.ts";
import { SimulatorControl } from "../../faults/simulator_control.ts";
import { tableOf } from "../../faults/table.ts";
import { findBudgetProblems } from "./budgets.ts";
import { findDeadAddresses, findProblems } from "./checks.ts";
import { countOf, readOutcomes, type TaskOutcome } from "./outcomes.ts";
import { disruptions, LANES, planFaults, SUBMIT_SECONDS } from "./plan.ts";
import type { MarkedRequest } from "./requests.ts";
import { countWindows, measureRecovery } from "./speed.ts";

/** What was done. */
export interface Run {
  readonly requests: readonly MarkedRequest[];
  /** By the clock, when the first task was submitted. */
  readonly startedAt: number;
  /** Worker processes. */
  readonly killed: number;
  /** Worker processes that the platform would have ended by their age. */
  readonly lives: { readonly ended: number; readonly atWork: number };
  readonly seconds: { readonly sent: number; readonly shown: number };
  /** Left in the queues. */
  readonly messages: number;
}

/** Prints what has become of it all, and returns everything that should not be. */
export async function report(stack: FaultStack, run: Run): Promise<readonly string[]> {
  const ledger = new SimulatorControl(stack.ports.simulators);
  const purchases = await ledger.read();
  const outcomes = await readOutcomes(stack.sql, run.requests, purchases);
  const problems = findProblems(run.requests, outcomes, purchases);
  problems.push(...await findDeadAddresses(outcomes));
  problems.push(...await findBudgetProblems(stack.sql));
  if (run.lives.ended === 0) problems.push("no isolate has reached the end of its life");
  if (run.messages > 0) problems.push(`${run.messages} messages are left in the queues`);

  print(
    `\n${run.killed} workers killed, ${run.lives.ended} lives at an end ` +
      `(${run.lives.atWork} of them in their work), ${
        planFaults().length - await ledger.countUnused()
      } faults of providers, ` +
      `${run.seconds.sent} second messages, ${run.seconds.shown} shown again early\n`,
  );
  print(lanesTable(outcomes));
  print(`\n${errorsTable(outcomes)}\n`);
  problems.push(...printSpeed(outcomes, run.startedAt));
  return problems;
}

function lanesTable(outcomes: readonly TaskOutcome[]): string {
  const rows = [...LANES, "all"].map((lane) => {
    const own = outcomes.filter(({ provider }) => lane === "all" || provider === lane);
    const states = countOf(own.map(({ status }) => status));
    const calls = countOf(own.flatMap((outcome) => outcome.calls).map(({ outcome }) => outcome));
    const bought = countOf(own.map(({ purchases }) => purchases.length));
    const numbers = [
      own.length,
      states.get("complete") ?? 0,
      states.get("failed") ?? 0,
      calls.get("succeeded") ?? 0,
      calls.get("failed") ?? 0,
      calls.get("ambiguous") ?? 0,
      ...[0, 1, 2].map((times) => bought.get(times) ?? 0),
      own.filter(({ purchases }) => purchases.length > 2).length,
    ];
    return [lane, ...numbers.map(String)];
  });
  const calls = ["calls succeeded", "failed", "ambiguous"];
  const bought = ["bought never", "once", "twice", "more often"];
  return tableOf(["lane", "tasks", "complete", "failed", ...calls, ...bought], rows);
}

function errorsTable(outcomes: readonly TaskOutcome[]): string {
  const failed = outcomes.filter(({ errorCode }) => errorCode !== null);
  const codes = [...countOf(failed.map(({ errorCode }) => errorCode)).keys()];
  const rows = codes.map((code) => [
    String(code),
    ...LANES.map((lane) =>
      String(failed.filter((one) => one.errorCode === code && one.provider === lane).length)
    ),
  ]);
  return tableOf(["error", ...LANES], rows);
}

function printSpeed(outcomes: readonly TaskOutcome[], startedAt: number): string[] {
  const ends = outcomes.flatMap(({ status, finishedAt }) =>
    status === "complete" && finishedAt ? [(finishedAt.getTime() - startedAt) / 1000] : []
  );
  print(`Completed in each 5 s: ${countWindows(ends, Math.max(...ends)).join(" ")}\n`);
  const arrivals = outcomes.length / SUBMIT_SECONDS;
  const measured = disruptions.map(({ at, what }) => ({
    at,
    what,
    ...measureRecovery(ends, at, arrivals),
  }));
  const rows = measured.map(({ at, what, before, after, seconds }) => [
    `${at} s: ${what}`,
    before.toFixed(1),
    after.toFixed(1),
    seconds === undefined ? "not in 15 s" : `${seconds} s`,
  ]);
  print(
    `${tableOf(["disruption", "tasks/s before", "in the next 5 s", "95 % again after"], rows)}\n`,
  );
  return measured.filter(({ seconds }) => seconds === undefined)
    .map(({ at, what }) => `Not as fast as before within 15 s: ${what} at ${at} s`);
}
