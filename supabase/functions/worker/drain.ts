import type { Log } from "../../../shared/log.ts";
import type { ClaimedTasks } from "../../../shared/tasks/claimed_tasks.ts";
import type { Claim, Outcome } from "../../../shared/tasks/task.ts";
import { HeldClaims } from "./lease_keeper.ts";
import { whileLeased } from "./retry_until_lease_lost.ts";

export interface DrainDependencies {
  readonly tasks: ClaimedTasks;
  readonly log: Log;
  runStep(claim: Claim, signal: AbortSignal): Promise<Outcome>;
  /** Whether the isolate has enough life left to start something. */
  mayClaim(): boolean;
  /** Passes the time until the next look for work while steps are running, or less at the signal. */
  pass(signal: AbortSignal): Promise<void>;
}

/** More at once would not fit the memory of an isolate with their results; inputs are counted apart. */
const MAX_CLAIMS = 20;

/**
 * Works the queues empty: claims what the lanes let through, runs the steps side by side, settles
 * each, claims again. Two drains side by side are harmless, because claims are leased.
 */
export class Drain {
  readonly #dependencies: DrainDependencies;
  readonly #held: HeldClaims;
  readonly #steps = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  /** Somebody said that there is more, since the last claim. */
  #woken = false;
  #hadClaims = false;
  #wakeUp: () => void = () => {};

  constructor(dependencies: DrainDependencies) {
    this.#dependencies = dependencies;
    this.#held = new HeldClaims(dependencies.tasks, dependencies.log);
  }

  /** Starts draining, or makes a drain under way claim again now. Resolves when all is done. */
  wake(): Promise<void> {
    this.#woken = true;
    this.#wakeUp();
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    do {
      // A request has just come: the platform sends none to an isolate that is about to end. On its
      // own the drain goes on only while the isolate is young.
      const mayClaim = this.#woken || this.#dependencies.mayClaim();
      this.#woken = false;
      if (mayClaim) await this.#attempt("claim", () => this.#claim());
    } while (await this.#hasMore());
    if (this.#hadClaims) await this.#attempt("retire", () => this.#dependencies.tasks.retire());
    this.#hadClaims = false;
    // A wake may have come while it retired.
    this.#running = this.#woken ? this.#run() : undefined;
    await this.#running;
  }

  /** A database that is away for a moment is asked again at the next wake. */
  async #attempt(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#dependencies.log.error(`${name} failed`, error);
    }
  }

  async #claim(): Promise<void> {
    // One look gives each lane its share only; the next one fills what the others left.
    // More than there was room for at first is for the next round, which asks whether it may.
    let room = MAX_CLAIMS - this.#steps.size;
    for (let found = true; found && room > 0;) {
      const claims = await this.#dependencies.tasks.claim(room);
      found = claims.length > 0;
      this.#hadClaims ||= found;
      room -= claims.length;
      for (const claim of claims) {
        const step = this.#step(claim).finally(() => this.#steps.delete(step));
        this.#steps.add(step);
      }
    }
  }

  /**
   * Waits until a step has ended, which makes room in its lane, or a wake; false when idle. A busy
   * worker is not woken for everything, so it looks by itself, too.
   */
  async #hasMore(): Promise<boolean> {
    if (this.#woken) return true;
    if (this.#steps.size === 0) return false;
    const woken = new Promise<void>((resolve) => this.#wakeUp = resolve);
    const controller = new AbortController();
    await Promise.race([woken, this.#dependencies.pass(controller.signal), ...this.#steps]);
    controller.abort();
    return true;
  }

  /** Never rejects: what cannot be settled comes back when its lease runs out. */
  async #step(claim: Claim): Promise<void> {
    const { tasks, runStep } = this.#dependencies;
    const log = this.#dependencies.log.with({
      request_id: claim.requestId,
      task_id: claim.taskId,
      user_id: claim.userId,
    });
    const signal = this.#held.hold(claim);
    try {
      log.info("step started", {
        provider: claim.provider,
        operation: claim.operation,
        lease: claim.lease,
      });
      const outcome = await runStep(claim, signal);
      const settled = await whileLeased(() => tasks.settle(claim, outcome), signal);
      logOutcome(log, outcome, settled);
    } catch (error) {
      log.error("step not settled", error);
    } finally {
      this.#held.release(claim);
    }
  }
}

function logOutcome(log: Log, outcome: Outcome, settled: boolean): void {
  const { outcome: call, ...record } = outcome.call;
  const fields = {
    outcome: outcome.kind,
    settled,
    call,
    model: record.model,
    provider_request_id: record.providerRequestId,
    provider_task_id: record.providerTaskId,
    cost_usd: record.costUsd,
  };
  switch (outcome.kind) {
    case "complete":
      return log.info("step ended", { ...fields, results: outcome.assetUrls.length });
    case "snooze":
      return log.info("step ended", { ...fields, progress: outcome.progress });
    default: {
      const { errorCode, detail } = outcome;
      log.warn("step ended", { ...fields, error_code: errorCode, detail });
    }
  }
}
