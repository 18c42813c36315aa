/** How slow a download may be. */
export interface SpeedLimit {
  readonly bytesPerSecond: number;
  /** Over which the speed is averaged; also how long nothing at all may come. */
  readonly windowSeconds: number;
}

/**
 * Says how long may still be waited for bytes. Time spent waiting uses an allowance up, and bytes
 * that come give it back, up to one window: a pause is no slowness, and a fast beginning is no credit
 * for the rest. Only waiting counts: a reader that takes its time is not the sender's fault.
 */
export class SpeedFloor {
  readonly #bytesPerMillisecond: number;
  readonly #windowMilliseconds: number;
  #allowance: number;

  constructor({ bytesPerSecond, windowSeconds }: SpeedLimit) {
    this.#bytesPerMillisecond = bytesPerSecond / 1_000;
    this.#windowMilliseconds = windowSeconds * 1_000;
    this.#allowance = this.#windowMilliseconds;
  }

  /** In milliseconds; 0 if what came was too slow. */
  get allowance(): number {
    return this.#allowance;
  }

  /** Bytes came after so many milliseconds of waiting. */
  note(bytes: number, waitedMilliseconds: number): void {
    const left = this.#allowance - waitedMilliseconds + bytes / this.#bytesPerMillisecond;
    this.#allowance = Math.min(this.#windowMilliseconds, Math.max(0, left));
  }
}
