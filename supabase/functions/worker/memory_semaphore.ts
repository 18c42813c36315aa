interface Waiting {
  readonly bytes: number;
  start(): void;
}

/**
 * A weighted semaphore over the memory that provider answers take. What does not fit waits in its
 * connection, in the order in which it came; what is larger than everything waits until it is alone.
 */
export class MemorySemaphore {
  readonly #maxBytes: number;
  readonly #waiting: Waiting[] = [];
  #held = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Resolves when there is memory, with a function that gives it back; call it once. Whoever holds
   * some must not wait for more: two could wait for each other.
   *
   * @param signal Ends the waiting: rejects with its reason.
   */
  async acquire(bytes: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { bytes, start: resolve };
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(waiting);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      reject(signal.reason);
      // What came behind it may fit.
      this.#admit();
    };
    signal.addEventListener("abort", giveUp, { once: true });
    this.#waiting.push(waiting);
    this.#admit();
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
    return () => {
      this.#held -= bytes;
      this.#admit();
    };
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
