/** What a simulated provider is asked for. */
export interface Work {
  readonly pool: string;
  readonly results: number;
  /** How long it takes. */
  readonly seconds: number;
  /** An input that the provider fails at. */
  readonly isBad?: boolean;
}

export type Answer =
  | { readonly kind: "accepted"; readonly handle: string }
  | { readonly kind: "result"; readonly seconds: number }
  | { readonly kind: "busy"; readonly scope: "lane" | "pool"; readonly retryAfter: number }
  | { readonly kind: "failing" };

export interface ProviderLimits {
  readonly inFlight?: number;
  readonly pools?: Readonly<Record<string, number>>;
  readonly resultsPerMinute?: number;
}

interface Job extends Work {
  readonly startedAt: number;
}

/** An AI service that counts for itself what it is asked, and knows nothing of our lanes. */
export class VirtualProvider {
  /** Whether work is accepted and polled, or answered in the call. */
  readonly isAsynchronous: boolean;
  limits: ProviderLimits;
  isDead = false;
  /** Work of other users of the account, by pool. */
  readonly elsewhere: Record<string, number> = {};
  readonly jobs: Job[] = [];
  readonly busyAt: number[] = [];
  readonly failedAt: number[] = [];
  /** The most that were ever under way at once, by pool, and in all. */
  readonly peak: Record<string, number> = { all: 0 };

  constructor(isAsynchronous: boolean, limits: ProviderLimits = {}) {
    this.isAsynchronous = isAsynchronous;
    this.limits = limits;
  }

  submit(now: number, work: Work): Answer {
    if (this.isDead || work.isBad) {
      this.failedAt.push(now);
      return { kind: "failing" };
    }
    const scope = this.#exceeded(now, work);
    if (scope) {
      this.busyAt.push(now);
      return { kind: "busy", scope, retryAfter: 0 };
    }
    this.jobs.push({ ...work, startedAt: now });
    this.#notePeak(work.pool, this.underWay(now, work.pool));
    this.#notePeak("all", this.underWay(now));
    if (!this.isAsynchronous) return { kind: "result", seconds: work.seconds };
    return { kind: "accepted", handle: String(this.jobs.length - 1) };
  }

  isDone(now: number, handle: string): boolean {
    const job = this.jobs[Number(handle)];
    if (!job) throw new Error(`No job ${handle}`);
    return job.startedAt + job.seconds <= now;
  }

  underWay(now: number, pool?: string): number {
    return this.jobs.filter((job) =>
      job.startedAt + job.seconds > now && (pool === undefined || job.pool === pool)
    ).length;
  }

  #exceeded(now: number, { pool, results }: Work): "lane" | "pool" | undefined {
    const { inFlight = Infinity, pools = {}, resultsPerMinute = Infinity } = this.limits;
    const inPool = this.underWay(now, pool) + (this.elsewhere[pool] ?? 0);
    if (inPool >= (pools[pool] ?? Infinity)) return "pool";
    if (this.underWay(now) >= inFlight) return "lane";
    const recent = this.jobs.filter(({ startedAt }) => startedAt > now - 60);
    const sum = recent.reduce((total, job) => total + job.results, 0);
    return sum + results > resultsPerMinute ? "lane" : undefined;
  }

  #notePeak(name: string, count: number): void {
    this.peak[name] = Math.max(this.peak[name] ?? 0, count);
  }
}
