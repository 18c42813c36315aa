import type { Log } from "../../../shared/log.ts";
import type { Claim, Outcome, SettledState } from "../../../shared/tasks/task.ts";
import type { WorkQueue } from "../../../shared/tasks/work_queue.ts";
import { LeaseKeeper } from "./lease_keeper.ts";
import { MAX_CLAIMS } from "./memory_limits.ts";
import { retryUntilLeaseLost } from "./step/retry_until_lease_lost.ts";

export interface DrainDependencies {
  readonly queue: WorkQueue;
  readonly log: Log;
  runStep(claim: Claim, signal: AbortSignal): Promise<Outcome>;
  /** Whether the isolate has enough life left to start something. */
  mayClaim(): boolean;
  /** Sleeps until the next poll of the queue, or until the signal aborts. */
  sleep(signal: AbortSignal): Promise<void>;
}

/**
 * Works the queues empty: claims what the lanes let through, runs the steps side by side, settles
 * each, claims again. Two drains side by side are harmless, because claims are leased.
 */
export class Drain {
  readonly #dependencies: DrainDependencies;
  readonly #leases: LeaseKeeper;
  readonly #steps = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  /** A wake-up request came since the last claim. */
  #woken = false;
  #hadClaims = false;
  #wakeUp: () => void = () => {};

  constructor(dependencies: DrainDependencies) {
    this.#dependencies = dependencies;
    this.#leases = new LeaseKeeper(dependencies.queue, dependencies.log);
  }

  /** Starts draining, or makes a running drain claim again now. Resolves when the queues are empty. */
  wake(): Promise<void> {
    this.#woken = true;
    this.#wakeUp();
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    do {
      // The platform sends no request to an isolate that is about to end, so a wake-up may claim.
      // Without one the drain continues only while the isolate is young.
      const mayClaim = this.#woken || this.#dependencies.mayClaim();
      this.#woken = false;
      if (mayClaim) await this.#attempt("claim", () => this.#claim());
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
    // One claim gives each lane its share only; the next one fills what the others left. The loop
    // never takes more than the room at its start: the next round asks again whether it may claim.
    let room = MAX_CLAIMS - this.#steps.size;
    for (let found = true; found && room > 0;) {
      const claims = await this.#dependencies.queue.claim(room);
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
   * Waits until a step has ended, which makes room in its lane, or a wake-up comes, or it is time to
   * poll: a busy worker is not woken for everything. False when idle.
   */
  async #hasMore(): Promise<boolean> {
    if (this.#woken) return true;
    if (this.#steps.size === 0) return false;
    const woken = new Promise<void>((resolve) => this.#wakeUp = resolve);
    const controller = new AbortController();
    await Promise.race([woken, this.#dependencies.sleep(controller.signal), ...this.#steps]);
    controller.abort();
    return true;
  }

  /** Never rejects: a task that cannot be settled is claimed again when its lease runs out. */
  async #step(claim: Claim): Promise<void> {
    const { queue, runStep } = this.#dependencies;
    const log = this.#dependencies.log.with({
      request_id: claim.requestId,
      task_id: claim.taskId,
      user_id: claim.userId,
    });
    const signal = this.#leases.hold(claim);
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
    } finally {
      this.#leases.release(claim);
    }
  }
}

/** Logs the state that was reached, `lost` if the lease was stale and nothing was settled. */
function logSettlement(log: Log, outcome: Outcome, state: SettledState | null): void {
  const { call } = outcome;
  const fields = {
    outcome: outcome.kind,
    state: state ?? "lost",
    model: call.model,
    provider_request_id: call.providerRequestId,
    provider_task_id: call.providerTaskId,
    cost_usd: call.costUsd,
  };
  switch (outcome.kind) {
    case "complete":
      return log.info("step ended", { ...fields, results: outcome.assetUrls.length });
    case "snooze":
      return log.info("step ended", { ...fields, progress: outcome.progress });
    case "failure": {
      const { errorCode, detail, isAmbiguous } = outcome;
      log.warn("step ended", {
        ...fields,
        error_code: errorCode,
        is_ambiguous: isAmbiguous,
        detail,
      });
    }
  }
}
