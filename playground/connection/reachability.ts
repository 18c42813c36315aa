export interface ReachabilityOptions {
  readonly fetch: typeof fetch;
  /** Whether there is an answer to a question that costs nothing. Does not reject. */
  readonly probe: () => Promise<boolean>;
  /** Resolves when it is time to ask again. */
  readonly pause: () => Promise<void>;
}

/**
 * Whether the backend answers, by the requests that are made anyway. After one that had no answer it is
 * asked until it does; one lost request among others that are answered is no outage.
 */
export class Reachability {
  readonly #options: ReachabilityOptions;
  readonly #listeners = new Set<() => void>();
  #isReachable = true;
  #isAsking = false;

  constructor(options: ReachabilityOptions) {
    this.#options = options;
  }

  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** Calls whenever it is another. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For whoever asks the backend: hears what comes of it. */
  readonly fetch: typeof fetch = async (...args) => {
    try {
      const response = await this.#options.fetch(...args);
      if (isOutage(response)) this.doubt();
      return response;
    } catch (error) {
      // Who has ended a request has heard nothing.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.doubt();
      throw error;
    }
  };

  /** Asks, until there is an answer. */
  doubt(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#ask().finally(() => this.#isAsking = false);
  }

  async #ask(): Promise<void> {
    const { probe, pause } = this.#options;
    while (!await probe()) {
      this.#set(false);
      await pause();
    }
    this.#set(true);
  }

  #set(isReachable: boolean): void {
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** What a gateway answers for a backend that does not. */
export function isOutage({ status }: Pick<Response, "status">): boolean {
  return status === 502 || status === 504;
}
