import type { IsolatePool } from "../../../tools/local/stack/isolates/isolate_pool.ts";
import type { IsolateRules } from "../../../tools/local/stack/isolates/rules.ts";
import { wakeWorker } from "../../../tools/local/stack/schedule.ts";
import type { FaultStack } from "../../faults/fault_stack.ts";
import { startWorkerIsolates } from "../../support/isolates.ts";

/** Pools beside that of the stack, so that four workers claim at once. */
const OTHER_POOLS = 3;
const WAKE_MILLISECONDS = 500;
const LIFE_SECONDS = 50;

/**
 * So short that several isolates of each pool reach the end, and so long that one which is frozen in
 * the first half comes back. The processor is left out: what each has of this one is chance.
 */
export const ISOLATE_RULES: Partial<IsolateRules> = {
  lifeSeconds: LIFE_SECONDS,
  processorSeconds: Infinity,
};

/** The part of the life in which a worker claims unasked is as long as the platform's. */
export const ISOLATE_SETTINGS = { WORKER_BUDGET_SECONDS: String(LIFE_SECONDS / 3) };

/** Isolates of the worker in several pools: they end by their age, or are killed before. */
export class WorkerPool {
  readonly #pools: readonly IsolatePool[];
  /** Those that only this one knows, the stack stops its own. */
  readonly #others: readonly IsolatePool[];
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #next = 0;

  private constructor(
    own: IsolatePool,
    others: readonly IsolatePool[],
    timers: readonly ReturnType<typeof setInterval>[],
  ) {
    this.#pools = [own, ...others];
    this.#others = others;
    this.#timers = timers;
  }

  static async start(stack: FaultStack): Promise<WorkerPool> {
    const ports = Array.from({ length: OTHER_POOLS }, (_, index) => stack.ports.worker + 1 + index);
    const rules = ISOLATE_RULES;
    const settings = { ...ISOLATE_SETTINGS, PUBLIC_SUPABASE_URL: stack.projectUrl };
    const others = await Promise.all(
      ports.map((port) => startWorkerIsolates(stack, { port, rules, settings })),
    );
    // Woken whether something is due or not, as the stack's own is not.
    const timers = ports.map((port) =>
      setInterval(() => {
        wakeWorker(`http://127.0.0.1:${port}/worker`, stack.secrets.workerSecret).catch(() => {});
      }, WAKE_MILLISECONDS)
    );
    return new WorkerPool(stack.worker, others, timers);
  }

  /** How many isolates the platform has ended by their age, and how many of them in their work. */
  get lives(): { readonly ended: number; readonly atWork: number } {
    const ended = this.#pools.flatMap(({ ends }) => ends)
      .filter(({ reason, lifeSeconds }) =>
        reason === "wall_clock" || (reason === "early_drop" && lifeSeconds >= LIFE_SECONDS / 2)
      );
    return {
      ended: ended.length,
      atWork: ended.filter(({ reason }) => reason === "wall_clock").length,
    };
  }

  /** Kills the workers of so many pools, others than the last time. Returns how many there were. */
  kill(count: number): number {
    const pids = Array.from({ length: count }, () => this.#choose()).flatMap(({ pids }) => pids);
    for (const pid of pids) Deno.kill(pid, "SIGKILL");
    return pids.length;
  }

  /** Stops the time of the youngest worker of another pool, and returns how it goes on. */
  freeze(): () => void {
    const isolate = this.#choose().isolates
      .toSorted((left, right) => left.usage.lifeSeconds - right.usage.lifeSeconds)[0];
    const pid = isolate?.pid;
    if (pid === undefined) throw new Error("No worker to freeze");
    Deno.kill(pid, "SIGSTOP");
    return () => {
      if (isolate?.pid !== undefined) Deno.kill(pid, "SIGCONT");
    };
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#others.map((pool) => pool.stop()));
  }

  #choose(): IsolatePool {
    // A pool that has lost its worker a moment ago has none to lose.
    for (let tries = 0; tries < this.#pools.length; tries++) {
      const pool = this.#pools[this.#next++ % this.#pools.length];
      if (pool && pool.pids.length > 0) return pool;
    }
    throw new Error("No worker is running");
  }
}
