import type postgres from "postgres";
import type { Accepted, Operation, Result } from "../../../client/mod.ts";
import { print, writeAll } from "../../command_line.ts";
import { whyItWaits } from "../../operate/why_it_waits.ts";

const SHOW_MILLISECONDS = 200;
/** A task that waits for as long is asked about, and again. */
const PATIENCE_MILLISECONDS = 2_000;

/**
 * Waits until the task is final, and shows each state for as long as it lasts, and why a task waits.
 * Throws with its error unless it is complete.
 */
export async function follow(
  sql: postgres.Sql,
  generation: Accepted<Operation>,
): Promise<Result> {
  const lines = new StateLines();
  let reason = "";
  const show = (): void => lines.show(generation.task?.status ?? "pending");
  const ask = async (): Promise<void> => {
    const words = await whyItWaits(sql, generation.id) ?? "";
    // Of a provider that stays busy each try would be told: only the times of its words change.
    const cause = words.replaceAll(/\d\d:\d\d:\d\dZ|at once/g, "");
    if (cause !== reason && words) lines.note(words);
    reason = cause;
  };
  const leave = generation.subscribe(show);
  const showing = setInterval(show, SHOW_MILLISECONDS);
  let asked = Promise.resolve();
  const asking = setInterval(() => asked = asked.then(ask), PATIENCE_MILLISECONDS);
  try {
    return await generation.result();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`The task ended as ${generation.task?.status}: ${words}`, { cause: error });
  } finally {
    clearInterval(showing);
    clearInterval(asking);
    leave();
    await asked;
    lines.end();
  }
}

/** A line for each state, which on a terminal tells how long it has lasted. */
class StateLines {
  readonly #start = performance.now();
  readonly #isTerminal = Deno.stdout.isTerminal();
  #shown = "";

  show(status: string): void {
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
    const line = `  ${seconds.padStart(6)} s  ${status}`;
    const isNew = status !== this.#shown;
    if (this.#isTerminal) writeAll(Deno.stdout, `${isNew && this.#shown ? "\n" : ""}\r${line}`);
    else if (isNew) print(line);
    this.#shown = status;
  }

  note(words: string): void {
    print(`${this.#isTerminal ? "\n" : ""}            ${words}`);
  }

  end(): void {
    if (this.#isTerminal) print();
  }
}
