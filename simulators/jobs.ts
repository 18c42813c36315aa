/**
 * Jobs that a provider works off while its client asks again and again. What a job looks like follows
 * from its plan and the time that has passed: nothing runs in between.
 *
 * @module
 */

export interface JobPlan<Ending> {
  /** From submission to ending, in milliseconds. 0: it has ended when somebody first looks. */
  readonly durationMs: number;
  /** How much of that time it waits for its turn, from 0 to 1. Default: a tenth. */
  readonly queueShare?: number;
  /**
   * The progress, from 0 to 1, beyond which it never gets; 0: its turn never comes. Default: 1, it
   * ends.
   */
  readonly stopsAt?: number;
  readonly ending: Ending;
}

export type JobState<Ending> =
  | { readonly phase: "queued" }
  /** The progress lies between 0 and 1. */
  | { readonly phase: "running"; readonly progress: number }
  | { readonly phase: "ended"; readonly ending: Ending };

/** What a job with this plan looks like so many milliseconds after its submission. */
export function observePlan<Ending>(plan: JobPlan<Ending>, elapsedMs: number): JobState<Ending> {
  const { durationMs, queueShare = 0.1, stopsAt = 1, ending } = plan;
  const share = elapsedMs < durationMs ? elapsedMs / durationMs : 1;
  if (share === 1 && stopsAt === 1) return { phase: "ended", ending };
  if (share < queueShare || stopsAt === 0) return { phase: "queued" };
  const progress = (share - queueShare) / (1 - queueShare);
  return { phase: "running", progress: Math.min(progress, stopsAt) };
}

export interface Job<Ending, Order> {
  readonly id: string;
  /** The key that ordered it; no other key may see it. */
  readonly owner: string;
  /** Jobs of one owner and pool compete for a number of places. */
  readonly pool: string;
  readonly plan: JobPlan<Ending>;
  readonly order: Order;
  readonly submittedAt: Date;
}

/**
 * How long a job keeps its place. Shorter than for ever, or jobs that never end would fill up a
 * development stack.
 */
const PLACE_KEPT_MS = 10 * 60_000;

/** The jobs of one provider. */
export class Jobs<Ending, Order> {
  readonly #jobs = new Map<string, Job<Ending, Order>>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  add(job: Omit<Job<Ending, Order>, "submittedAt">): Job<Ending, Order> {
    const added = { ...job, submittedAt: this.#now() };
    this.#jobs.set(job.id, added);
    return added;
  }

  find(owner: string, id: string): Job<Ending, Order> | undefined {
    const job = this.#jobs.get(id);
    return job?.owner === owner ? job : undefined;
  }

  /** Oldest first. */
  listOf(owner: string): readonly Job<Ending, Order>[] {
    return [...this.#jobs.values()].filter((job) => job.owner === owner);
  }

  observe(job: Job<Ending, Order>): JobState<Ending> {
    return observePlan(job.plan, this.ageMs(job));
  }

  /** Milliseconds since its submission. */
  ageMs({ submittedAt }: Job<Ending, Order>): number {
    return this.#now().getTime() - submittedAt.getTime();
  }

  /** How many places of these pools the owner's jobs take up. */
  countActive(owner: string, pools: readonly string[]): number {
    return this.listOf(owner).filter((job) =>
      pools.includes(job.pool) && this.ageMs(job) < PLACE_KEPT_MS &&
      this.observe(job).phase !== "ended"
    ).length;
  }
}

/** When a job ends that is not held up. */
export function endOf({ submittedAt, plan }: Job<unknown, unknown>): Date {
  return new Date(submittedAt.getTime() + plan.durationMs);
}
