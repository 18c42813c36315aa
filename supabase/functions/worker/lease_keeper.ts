import type { Log } from "../../../shared/log.ts";
import {
  type ClaimedTasks,
  HEARTBEAT_SECONDS,
  LEASE_SECONDS,
} from "../../../shared/tasks/claimed_tasks.ts";
import type { Claim } from "../../../shared/tasks/task.ts";

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
  /** Until when nobody else can have the task, by this process's own clock; in milliseconds. */
  heldUntil: number;
}

/**
 * The claims a worker holds. While there are any, a heartbeat extends them all in one statement; the
 * work of a claim that was lost, or is past its deadline, is aborted.
 */
export class HeldClaims {
  readonly #held = new Map<string, Held>();
  readonly #tasks: ClaimedTasks;
  readonly #log: Log;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(tasks: ClaimedTasks, log: Log, now: () => number = () => performance.now()) {
    this.#tasks = tasks;
    this.#log = log;
    this.#now = now;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Holds a claim until `release`. The signal is aborted when it must not be worked on any more. */
  hold(claim: Claim): AbortSignal {
    const controller = new AbortController();
    // Claimed again by its own worker, after a database that was away for longer than a lease: the
    // earlier claim is lost.
    this.#held.get(claim.taskId)?.controller.abort();
    this.#held.set(claim.taskId, {
      claim,
      controller,
      heldUntil: this.#now() + LEASE_SECONDS * 1000,
    });
    this.#timer ??= setInterval(() => this.beat(), HEARTBEAT_SECONDS * 1000);
    return controller.signal;
  }

  release(claim: Claim): void {
    if (this.#held.get(claim.taskId)?.claim === claim) this.#held.delete(claim.taskId);
    if (this.#held.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /**
   * One heartbeat. Never throws: a database that is away for a moment is asked again, until the
   * leases must have run out.
   */
  async beat(): Promise<void> {
    const before = [...this.#held.values()];
    const asked = this.#now();
    try {
      const kept = await this.#tasks.extend(before.map(({ claim }) => claim));
      for (const held of before) {
        if (kept.has(held.claim.taskId)) held.heldUntil = asked + LEASE_SECONDS * 1000;
        else held.controller.abort();
      }
    } catch (error) {
      this.#log.error("heartbeat failed", error, { claims: before.length });
      for (const { heldUntil, controller } of before) {
        if (this.#now() >= heldUntil) controller.abort();
      }
    }
  }
}
