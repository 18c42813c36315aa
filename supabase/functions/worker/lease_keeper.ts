import type { Log } from "../../../shared/log.ts";
import type { Claim } from "../../../shared/tasks/task.ts";
import {
  HEARTBEAT_SECONDS,
  LEASE_SECONDS,
  type WorkQueue,
} from "../../../shared/tasks/work_queue.ts";

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
  /** Until when no other worker can claim the task, by this process's own clock; in milliseconds. */
  heldUntil: number;
}

/**
 * Keeps the leases of the claims that a worker holds. A heartbeat extends them all in one statement;
 * the work of a claim that was lost, or is past its deadline, is aborted.
 */
export class LeaseKeeper {
  readonly #held = new Map<string, Held>();
  readonly #queue: Pick<WorkQueue, "extendLeases">;
  readonly #log: Log;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    queue: Pick<WorkQueue, "extendLeases">,
    log: Log,
    now: () => number = () => performance.now(),
  ) {
    this.#queue = queue;
    this.#log = log;
    this.#now = now;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Holds a claim until `release`. The signal aborts when the task must not be worked on any more. */
  hold(claim: Claim): AbortSignal {
    const controller = new AbortController();
    // Its own worker claims a task again after the database could not be reached for longer than a
    // lease: the earlier claim is lost.
    this.#held.get(claim.taskId)?.controller.abort();
    this.#held.set(claim.taskId, {
      claim,
      controller,
      heldUntil: this.#now() + LEASE_SECONDS * 1000,
    });
    this.#timer ??= setInterval(() => this.heartbeat(), HEARTBEAT_SECONDS * 1000);
    return controller.signal;
  }

  release(claim: Claim): void {
    if (this.#held.get(claim.taskId)?.claim === claim) this.#held.delete(claim.taskId);
    if (this.#held.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Extends all leases once. Never throws: a database that cannot be reached is asked again at the next
   * heartbeat, until the leases must have run out.
   */
  async heartbeat(): Promise<void> {
    const before = [...this.#held.values()];
    const startedAt = this.#now();
    try {
      const kept = await this.#queue.extendLeases(before.map(({ claim }) => claim));
      for (const held of before) {
        if (kept.has(held.claim.taskId)) held.heldUntil = startedAt + LEASE_SECONDS * 1000;
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
