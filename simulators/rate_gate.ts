/**
 * Counts what each key does, for services that answer 429 by themselves.
 *
 * @module
 */

export interface RateLimit {
  /** How much is admitted within any window: requests, or pictures. */
  readonly amount: number;
  readonly windowMs: number;
  /** How long a key that wanted more is refused everything. Default: not at all. */
  readonly lockOutMs?: number;
}

interface Admission {
  readonly at: number;
  readonly amount: number;
}

interface KeyHistory {
  readonly admissions: readonly Admission[];
  readonly lockedUntil: number;
}

const unknownKey: KeyHistory = { admissions: [], lockedUntil: 0 };

/** A sliding window for each key. What was refused does not count. */
export class RateGate {
  readonly #limit: RateLimit;
  readonly #now: () => Date;
  readonly #histories = new Map<string, KeyHistory>();

  constructor(limit: RateLimit, now: () => Date) {
    this.#limit = limit;
    this.#now = now;
  }

  /** What is left of the key's window, and how long until nothing of it is used any more. */
  windowOf(key: string): { readonly remaining: number; readonly resetMs: number } {
    const now = this.#now().getTime();
    const recent = this.#recent(key, now);
    const used = recent.reduce((sum, { amount }) => sum + amount, 0);
    const last = recent.at(-1)?.at ?? now - this.#limit.windowMs;
    return { remaining: this.#limit.amount - used, resetMs: last + this.#limit.windowMs - now };
  }

  #recent(key: string, now: number): readonly Admission[] {
    const { admissions } = this.#histories.get(key) ?? unknownKey;
    return admissions.filter(({ at }) => at > now - this.#limit.windowMs);
  }

  /** Whether the key may do this much more now; if so, it is counted. */
  admits(key: string, amount = 1): boolean {
    const { lockOutMs = 0 } = this.#limit;
    const now = this.#now().getTime();
    const { lockedUntil } = this.#histories.get(key) ?? unknownKey;
    if (now < lockedUntil) return false;
    const recent = this.#recent(key, now);
    const used = recent.reduce((sum, admission) => sum + admission.amount, 0);
    const isAdmitted = used + amount <= this.#limit.amount;
    this.#histories.set(
      key,
      isAdmitted
        ? { admissions: [...recent, { at: now, amount }], lockedUntil: 0 }
        : { admissions: recent, lockedUntil: now + lockOutMs },
    );
    return isAdmitted;
  }
}
