/** How long a call may take. The time stands still while the call waits for us, not for the provider. */
export class CallTimeout {
  readonly #controller = new AbortController();
  readonly #reason: unknown;
  #millisecondsLeft: number;
  #startedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param reason What the call fails with when its time is over. */
  constructor(seconds: number, reason: unknown) {
    this.#millisecondsLeft = seconds * 1_000;
    this.#reason = reason;
    this.#run();
  }

  /** Aborts when the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Does what is not on the provider's time. */
  async standStill(work: () => Promise<void>): Promise<void> {
    this.end();
    this.#millisecondsLeft -= performance.now() - this.#startedAt;
    await work();
    this.#run();
  }

  /** The call is over. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #run(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => this.#controller.abort(this.#reason), this.#millisecondsLeft);
  }
}
