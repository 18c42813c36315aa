import type { Log } from "../../../shared/log.ts";
import type { Claim } from "../../../shared/tasks/task.ts";
import { HEARTBEAT_SECONDS, type WorkQueue } from "../../../shared/tasks/work_queue.ts";

/** After a heartbeat that failed: what has run out meanwhile is good until another worker claims it. */
const RETRY_SECONDS = 1;

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
}

/**
 * Keeps the leases of the claims that a worker holds. A heartbeat extends them all in one statement.
 * The work of a claim that is refused is aborted: another worker has it, or its deadline is past. A
 * heartbeat that fails ends nothing, however long the database is out of reach.
 */
export class LeaseKeeper {
  readonly #held = new Map<string, Held>();
  readonly #queue: Pick<WorkQueue, "extendLeases">;
  readonly #log: Log;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #mayClaim: () => boolean;

  /** @param mayClaim Whether the worker looks for more; heartbeats say so. */
  constructor(queue: Pick<WorkQueue, "extendLeases">, log: Log, mayClaim: () => boolean) {
    this.#queue = queue;
    this.#log = log;
    this.#mayClaim = mayClaim;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Holds a claim until `release`. The signal aborts when the task must not be worked on any more. */
  hold(claim: Claim): AbortSignal {
    const controller = new AbortController();
    // Its own worker claims a task again whose lease has run out in its hands: the earlier claim is
    // lost.
    this.#held.get(claim.taskId)?.controller.abort();
    this.#held.set(claim.taskId, { claim, controller });
    if (this.#timer === undefined) this.#beatIn(HEARTBEAT_SECONDS);
    return controller.signal;
  }

  release(claim: Claim): void {
    if (this.#held.get(claim.taskId)?.claim === claim) this.#held.delete(claim.taskId);
    if (this.#held.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Extends all leases once. Never throws. Returns whether the database has answered. */
  async heartbeat(): Promise<boolean> {
    const before = [...this.#held.values()];
    try {
      const kept = await this.#queue.extendLeases(
        before.map(({ claim }) => claim),
        this.#mayClaim(),
      );
      for (const { claim, controller } of before) {
        if (!kept.has(claim.taskId)) controller.abort();
      }
      return true;
    } catch (error) {
      this.#log.error("heartbeat failed", error, { claims: before.length });
      return false;
    }
  }

  /** One heartbeat after the other: a slow database is not asked twice at a time. */
  #beatIn(seconds: number): void {
    const timer = setTimeout(async () => {
      const isAnswered = await this.heartbeat();
      // All may have been released meanwhile, and others held since.
      if (this.#timer === timer) this.#beatIn(isAnswered ? HEARTBEAT_SECONDS : RETRY_SECONDS);
    }, seconds * 1000);
    this.#timer = timer;
  }
}
