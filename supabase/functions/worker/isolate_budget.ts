import { isolateReserveSeconds } from "../../../shared/isolate.ts";

/**
 * Claims from one wake-up to the next. The platform sends no request to an isolate that has used half
 * of its 2 s of processor time (https://supabase.com/docs/guides/functions/limits), so a wake-up says
 * that there is 1 s left, of which a task takes up to 50 ms.
 */
export const CLAIMS_PER_WAKE_UP = 20;

/** Of the claims above: a poll takes a fraction of what a start takes. */
const POLL_SHARE = 0.25;

export interface IsolateLimits {
  /** The platform ends an isolate at this age, whatever it does. */
  readonly lifeSeconds: number;
  /** From this age on it claims only what a wake-up asks for. */
  readonly budgetSeconds: number;
  /** The longest call of all operations. */
  readonly maxCallSeconds: number;
  /** In milliseconds; only differences count. */
  readonly now: () => number;
}

/** What the isolate of a worker may still take on: of its life, and of its processor time. */
export class IsolateBudget {
  readonly #limits: IsolateLimits;
  readonly #startedAt: number;
  #lifeSeconds: number;
  #claimsLeft = 0;
  #isEnding = false;

  constructor(limits: IsolateLimits) {
    this.#limits = limits;
    this.#lifeSeconds = limits.lifeSeconds;
    this.#startedAt = limits.now();
  }

  /**
   * A wake-up came: the platform takes the isolate to be fit. It sends none from half of the life on,
   * so it lives at least as long again, whatever the setting says.
   */
  refresh(): void {
    this.#claimsLeft = CLAIMS_PER_WAKE_UP;
    this.#lifeSeconds = Math.max(this.#lifeSeconds, 2 * this.#ageSeconds);
  }

  /** The platform ends the isolate shortly. */
  end(): void {
    this.#isEnding = true;
  }

  spend({ starts, polls }: { readonly starts: number; readonly polls: number }): void {
    this.#claimsLeft -= starts + polls * POLL_SHARE;
  }

  /** Tasks that it may still start. */
  get startsLeft(): number {
    return Math.max(0, Math.ceil(this.#claimsLeft));
  }

  /** Tasks that it may still poll, if it starts none. */
  get pollsLeft(): number {
    return Math.max(0, Math.ceil(this.#claimsLeft / POLL_SHARE));
  }

  /** Seconds until the platform ends the isolate. */
  get lifeSeconds(): number {
    return this.#lifeSeconds - this.#ageSeconds;
  }

  /** Seconds that a call which begins now may take. */
  get callSeconds(): number {
    return this.lifeSeconds - isolateReserveSeconds(this.#limits.lifeSeconds);
  }

  /** @param isWoken A wake-up came since the last claim. */
  mayClaim(isWoken: boolean): boolean {
    // A poll takes as long as what follows a call: its result is stored in the same way.
    const reserve = isolateReserveSeconds(this.#limits.lifeSeconds);
    return !this.#isEnding && this.startsLeft > 0 && this.callSeconds >= reserve &&
      (isWoken || this.#ageSeconds < this.#limits.budgetSeconds);
  }

  /** Whether a fresh isolate could take on more than this one. */
  get isSpent(): boolean {
    return !this.mayClaim(false) || this.callSeconds < this.#limits.maxCallSeconds;
  }

  get #ageSeconds(): number {
    return (this.#limits.now() - this.#startedAt) / 1000;
  }
}
