import { inTrace } from "../../../shared/current_trace.ts";
import type { Log } from "../../../shared/log.ts";
import type { Claim, Outcome } from "../../../shared/tasks/task.ts";
import type { ClaimLimits, WorkQueue } from "../../../shared/tasks/work_queue.ts";
import type { IsolateBudget } from "./isolate_budget.ts";
import { LeaseKeeper } from "./lease_keeper.ts";
import { logSettlement } from "./log_settlement.ts";
import { MAX_INPUT_BYTES, MAX_POLLS, MAX_STARTS } from "./memory_limits.ts";
import { retryUntilLeaseLost } from "./step/retry_until_lease_lost.ts";

export interface DrainDependencies {
  readonly queue: WorkQueue;
  readonly log: Log;
  runStep(claim: Claim, signal: AbortSignal): Promise<Outcome>;
  readonly isolate: Pick<
    IsolateBudget,
    "refresh" | "spend" | "mayClaim" | "startsLeft" | "pollsLeft" | "callSeconds" | "isSpent"
  >;
  /** Asks the platform for a worker: a fresh isolate, if this one is spent. */
  wakeAnother(): Promise<void>;
  /** Sleeps until the next poll of the queue, or until the signal aborts. */
  sleep(signal: AbortSignal): Promise<void>;
  /** In milliseconds; only differences count. */
  now(): number;
}

/** How often a worker looks for what nobody settles, at most. */
const RECOVERY_MILLISECONDS = 1_000;

/** Polls of the queue from one request for another worker to the next. */
const POLLS_PER_WAKE_UP = 5;

/**
 * Works the queues empty: claims what the lanes let through, runs the steps side by side, settles
 * each, claims again. Two drains side by side are harmless, because claims are leased.
 */
export class Drain {
  readonly #dependencies: DrainDependencies;
  readonly #leases: LeaseKeeper;
  readonly #steps = new Map<Claim, Promise<void>>();
  #running: Promise<void> | undefined;
  /** A wake-up request came since the last claim. */
  #woken = false;
  /** A step has ended since the last claim: it has made room. */
  #madeRoom = false;
  #hadClaims = false;
  #recoveredAt = -Infinity;
  /** Until a worker may be asked for again. */
  #pollsToWakeUp = 0;
  #wakeUp: () => void = () => {};

  constructor(dependencies: DrainDependencies) {
    this.#dependencies = dependencies;
    const { queue, log, isolate } = dependencies;
    this.#leases = new LeaseKeeper(queue, log, () => isolate.mayClaim(false));
  }

  /** Starts draining, or makes a running drain claim again now. Resolves when the queues are empty. */
  wake(): Promise<void> {
    this.#dependencies.isolate.refresh();
    this.#woken = true;
    this.#wakeUp();
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { isolate } = this.#dependencies;
    // Who was idle may have been woken for what is lost or overdue.
    this.#recoveredAt = -Infinity;
    do {
      // The platform sends no request to an isolate that is about to end, so a wake-up may claim.
      // Without one the drain continues only while the isolate is young.
      const mayClaim = isolate.mayClaim(this.#woken);
      this.#woken = false;
      this.#madeRoom = false;
      if (mayClaim) {
        await this.#attempt("claim", () => this.#claim());
        await this.#attempt("recovery", () => this.#recover());
      }
      await this.#attempt("wake-up of another worker", () => this.#handOver());
    } while (await this.#hasMore());
    if (this.#hadClaims) await this.#attempt("retire", () => this.#dependencies.queue.retire());
    this.#hadClaims = false;
    // A wake-up may have come while the worker retired.
    this.#running = this.#woken ? this.#run() : undefined;
    await this.#running;
  }

  /** A database that cannot be reached is asked again at the next wake-up. */
  async #attempt(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#dependencies.log.error(`${name} failed`, error);
    }
  }

  async #claim(): Promise<void> {
    const { isolate, queue } = this.#dependencies;
    // One claim gives each lane its share only; the next one fills what the others left. The loop
    // never takes more than the room at its start: the next round asks again whether it may claim.
    let starts = Math.min(MAX_STARTS - this.#held.starts, isolate.startsLeft);
    let polls = Math.min(MAX_POLLS - this.#held.polls, isolate.pollsLeft);
    for (let found = true; found && starts + polls > 0 && !this.#holdsAlone;) {
      const claims = await queue.claim({ starts, polls }, {
        held: this.#steps.size,
        lifeSeconds: isolate.callSeconds,
        freeBytes: MAX_INPUT_BYTES - this.#inputBytes,
      });
      found = claims.length > 0;
      this.#hadClaims ||= found;
      const given = countOf(claims);
      starts -= given.starts;
      polls -= given.polls;
      isolate.spend(given);
      for (const claim of claims) {
        this.#steps.set(
          claim,
          this.#step(claim).finally(() => this.#madeRoom = this.#steps.delete(claim)),
        );
      }
    }
  }

  /** After the claim, so that nobody waits for it. */
  async #recover(): Promise<void> {
    const { now, queue } = this.#dependencies;
    if (now() - this.#recoveredAt < RECOVERY_MILLISECONDS) return;
    this.#recoveredAt = now();
    // What is found to be lost can be claimed at once.
    if (await queue.recover() > 0) this.#woken = true;
  }

  get #held(): ClaimLimits {
    return countOf([...this.#steps.keys()]);
  }

  /** A task that was lost with its worker: it may be the end of this one, too. */
  get #holdsAlone(): boolean {
    return [...this.#steps.keys()].some(({ isAlone }) => isAlone);
  }

  /** A task that the provider has accepted does not read its inputs again. */
  get #inputBytes(): number {
    return [...this.#steps.keys()].reduce(
      (sum, { handle, inputBytes }) => handle === null ? sum + inputBytes : sum,
      0,
    );
  }

  /** What this isolate cannot take on is for another one, which is asked for now and then. */
  async #handOver(): Promise<void> {
    const { isolate, queue, wakeAnother } = this.#dependencies;
    if (!isolate.isSpent && !this.#holdsAlone) return;
    if (this.#pollsToWakeUp-- > 0 || !await queue.hasDueWork()) return;
    this.#pollsToWakeUp = POLLS_PER_WAKE_UP;
    await wakeAnother();
  }

  /**
   * Waits until a step has ended, which makes room in its lane, or a wake-up comes, or it is time to
   * poll: a busy worker is not woken for everything. False when idle.
   */
  async #hasMore(): Promise<boolean> {
    if (this.#woken || this.#madeRoom) return true;
    if (this.#steps.size === 0) return false;
    const woken = new Promise<void>((resolve) => this.#wakeUp = resolve);
    const controller = new AbortController();
    const steps = this.#steps.values();
    await Promise.race([woken, this.#dependencies.sleep(controller.signal), ...steps]);
    controller.abort();
    return true;
  }

  /** Never rejects: a task that cannot be settled is claimed again when its lease runs out. */
  async #step(claim: Claim): Promise<void> {
    // Before: heartbeats are for all that the worker holds.
    const signal = this.#leases.hold(claim);
    try {
      await inTrace(claim.traceparent, () => this.#work(claim, signal));
    } finally {
      this.#leases.release(claim);
    }
  }

  async #work(claim: Claim, signal: AbortSignal): Promise<void> {
    const { queue, runStep } = this.#dependencies;
    const log = this.#dependencies.log.with({
      request_id: claim.requestId,
      task_id: claim.taskId,
      user_id: claim.userId,
    });
    try {
      log.info("step started", {
        provider: claim.provider,
        operation: claim.operation,
        lease: claim.lease,
      });
      const outcome = await runStep(claim, signal);
      const state = await retryUntilLeaseLost(() => queue.settle(claim, outcome), signal);
      logSettlement(log, outcome, state);
    } catch (error) {
      log.error("step not settled", error);
    }
  }
}

function countOf(claims: readonly Claim[]): ClaimLimits {
  const starts = claims.filter(({ handle }) => handle === null).length;
  return { starts, polls: claims.length - starts };
}
