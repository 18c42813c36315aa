import { setTimeout } from "node:timers/promises";
import type postgres from "postgres";
import { type StatusBody, statusBody } from "../../../shared/contract/responses.ts";
import { print, writeAll } from "../../command_line.ts";
import { whyItWaits } from "../../operate/why_it_waits.ts";

const POLL_MILLISECONDS = 200;
/** A task that waits for as long is asked about. */
const PATIENCE_MILLISECONDS = 2_000;

export interface FollowedTask {
  /** The task's id. */
  readonly id: string;
  /** Asks the API where it stands. */
  read(): Promise<unknown>;
}

/**
 * Polls until the task is final, and shows each state for as long as it lasts, and why a task waits.
 * Throws with its error unless it is complete.
 */
export async function follow(sql: postgres.Sql, task: FollowedTask): Promise<StatusBody> {
  const start = performance.now();
  const isTerminal = Deno.stdout.isTerminal();
  let shown = "";
  let reason = "";
  let askedAt = start;
  for (;;) {
    const state = statusBody.parse(await task.read());
    const milliseconds = performance.now() - start;
    const line = `  ${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${state.status}`;
    if (isTerminal) {
      writeAll(Deno.stdout, `${state.status !== shown && shown ? "\n" : ""}\r${line}`);
    } else if (state.status !== shown) print(line);
    shown = state.status;
    if (state.finished_at) {
      if (isTerminal) print();
      if (state.status === "complete") return state;
      throw new Error(`The task ended as ${state.status}: ${state.error ?? ""}`);
    }
    if (performance.now() - askedAt > PATIENCE_MILLISECONDS) {
      askedAt = performance.now();
      const words = await whyItWaits(sql, task.id) ?? "";
      // Of a provider that stays busy each try would be told: only the times of its words change.
      const cause = words.replaceAll(/\d\d:\d\d:\d\dZ/g, "");
      if (cause !== reason && words) print(`${isTerminal ? "\n" : ""}            ${words}`);
      reason = cause;
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}
