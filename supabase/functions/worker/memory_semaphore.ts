interface Waiting {
  readonly bytes: number;
  start(): void;
}

/**
 * A weighted semaphore: lets steps start only while their input files together fit the memory of a
 * worker, in the order in which they came. A step that needs more than that waits until it is alone.
 */
export class MemorySemaphore {
  readonly #maxBytes: number;
  readonly #waiting: Waiting[] = [];
  #held = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @param signal Ends the waiting; the work then starts all the same, and sees the signal itself. */
  async hold<T>(bytes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (bytes === 0) return await work();
    await this.#acquire(bytes, signal);
    try {
      return await work();
    } finally {
      this.#held -= bytes;
      this.#admit();
    }
  }

  #acquire(bytes: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { bytes, start: resolve };
    this.#waiting.push(waiting);
    this.#admit();
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(waiting);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      this.#held += bytes;
      resolve();
    };
    signal.addEventListener("abort", giveUp, { once: true });
    return promise;
  }

  #admit(): void {
    for (let [next] = this.#waiting; next && this.#fits(next.bytes); [next] = this.#waiting) {
      this.#waiting.shift();
      this.#held += next.bytes;
      next.start();
    }
  }

  #fits(bytes: number): boolean {
    return this.#held === 0 || this.#held + bytes <= this.#maxBytes;
  }
}
