/**
 * An account's credits. They are frozen when a task begins, taken when it succeeds, and given back
 * when it does not.
 *
 * Source: https://developers.tripo3d.ai/en/docs/billing
 *
 * @module
 */
import type { Task, Tasks } from "./tasks.ts";

/** What every account begins with: more than a development stack spends. */
const FIRST_CREDITS = 1_000_000;

export interface Balance {
  /** What can still be spent. */
  readonly balance: number;
  readonly frozen: number;
}

export function readBalance(owner: string, tasks: Tasks): Balance {
  let balance = FIRST_CREDITS;
  let frozen = 0;
  for (const task of tasks.listOf(owner)) {
    const held = tasks.observe(task).phase === "ended" ? 0 : task.order.credits;
    frozen += held;
    balance -= held + creditsConsumed(task, tasks);
  }
  return { balance, frozen };
}

/** What a task has cost so far. */
export function creditsConsumed(task: Task, tasks: Tasks): number {
  const state = tasks.observe(task);
  return state.phase === "ended" && state.ending.charged ? task.order.credits : 0;
}
