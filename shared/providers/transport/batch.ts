import { sleep } from "../../sleep.ts";

/** How a provider answers for things that it has a name for. */
export interface BatchCalls<Answer> {
  one(key: string, signal: AbortSignal): Promise<Answer>;
  /**
   * Asks for several at once, each named once. What comes back tells the answer of each, or throws why
   * there is none; a rejection is the failure of them all.
   */
  many(keys: readonly string[], signal: AbortSignal): Promise<(key: string) => Answer>;
}

export interface BatchOptions {
  /** So many keys a request, and no more. */
  readonly maxKeys: number;
  /** Until a request goes out with what was asked for meanwhile. Default: a few milliseconds. */
  readonly gather?: () => Promise<void>;
}

/** Steps of one claim ask in the same moment; nobody notices the wait. */
const GATHER_MILLISECONDS = 5;

interface Asked<Answer> {
  readonly key: string;
  readonly signal: AbortSignal;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/**
 * Gathers what is asked for within a moment into one request. Nothing is kept: what is asked for later
 * is asked for again.
 */
export class Batch<Answer> {
  readonly #calls: BatchCalls<Answer>;
  readonly #maxKeys: number;
  readonly #gather: () => Promise<void>;
  /** What the next request will ask for. */
  #open: Asked<Answer>[] | undefined;

  constructor(
    calls: BatchCalls<Answer>,
    { maxKeys, gather = () => sleep(GATHER_MILLISECONDS) }: BatchOptions,
  ) {
    this.#calls = calls;
    this.#maxKeys = maxKeys;
    this.#gather = gather;
  }

  /**
   * @param signal Ends this question alone, and rejects with its reason; the request goes on for the
   * others, and ends with the last of them.
   */
  async ask(key: string, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    this.#join({ key, signal, resolve, reject });
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  #join(asked: Asked<Answer>): void {
    const batch = this.#open ??= this.#begin();
    batch.push(asked);
    if (keysOf(batch).length >= this.#maxKeys) this.#open = undefined;
  }

  #begin(): Asked<Answer>[] {
    const batch: Asked<Answer>[] = [];
    this.#gather().then(() => {
      if (this.#open === batch) this.#open = undefined;
      return this.#send(batch.filter(({ signal }) => !signal.aborted));
    });
    return batch;
  }

  /** Never rejects. */
  async #send(batch: readonly Asked<Answer>[]): Promise<void> {
    if (batch.length === 0) return;
    const controller = new AbortController();
    const endWithLast = (): void => {
      if (batch.every(({ signal }) => signal.aborted)) controller.abort();
    };
    for (const { signal } of batch) signal.addEventListener("abort", endWithLast);
    try {
      const answerTo = await this.#request(keysOf(batch), controller.signal);
      for (const asked of batch) settle(asked, answerTo);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { signal } of batch) signal.removeEventListener("abort", endWithLast);
    }
  }

  async #request(keys: readonly string[], signal: AbortSignal): Promise<(key: string) => Answer> {
    const [first = "", ...others] = keys;
    if (others.length > 0) return await this.#calls.many(keys, signal);
    const answer = await this.#calls.one(first, signal);
    return () => answer;
  }
}

function keysOf(batch: readonly Asked<unknown>[]): readonly string[] {
  return [...new Set(batch.map(({ key }) => key))];
}

function settle<Answer>(
  { key, resolve, reject }: Asked<Answer>,
  answerTo: (key: string) => Answer,
): void {
  try {
    resolve(answerTo(key));
  } catch (error) {
    reject(error);
  }
}
