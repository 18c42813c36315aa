import { abortReason } from "./abort_signals.ts";
import { isFinal, type Task, taskOf } from "./answers.ts";
import type { Api } from "./api.ts";
import type { Clock } from "./clock.ts";
import { MakeIt3DError, UnreachableError } from "./errors.ts";
import { pauseAfter } from "./repeat.ts";

/** The longest that the backend holds a read. */
const LONGEST_WAIT_SECONDS = 25;
/** How long a connection may take beside it. */
const GRACE_SECONDS = 10;
/** A browser has six connections to a host that does not speak HTTP/2. */
const MOST_HELD_READS = 3;
/** What is answered sooner was not held. */
const HELD_MILLISECONDS = 1_000;
const SHORTEST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 10;
/** While the backend asks for more patience than that. */
const PATIENCE_MILLISECONDS = 60_000;

export interface Listener {
  onTask(task: Task): void;
  /** What is in the way while it goes on trying; undefined: nothing any more. */
  onProblem(problem: MakeIt3DError | undefined): void;
}

/** One task that is followed. */
interface Followed extends Listener {
  readonly id: string;
  readonly signal: AbortSignal;
  task: Task | undefined;
  /** For how many seconds the next read may be held. */
  wait: number;
  /** As long as no one in between has cut. */
  longestWait: number;
  failures: number;
}

/** A read, or a pause, that something else has ended. */
const WOKEN = Symbol("woken");

/**
 * Follows tasks by reads that the backend holds until there is something new. Where it does not, or
 * something in between cuts them, by plain ones. Whatever else tells of news is to call `wake`.
 */
export class Follower {
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #wakers = new Set<() => void>();
  #heldReads = 0;

  constructor(api: Api, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** Something may have changed: everything that is followed is read at once. */
  wake(): void {
    for (const wake of this.#wakers) wake();
  }

  /** Returns the final task. Rejects when the backend refuses, or with the signal's reason. */
  async follow(id: string, listener: Listener, signal: AbortSignal): Promise<Task> {
    const followed: Followed = {
      ...listener,
      id,
      signal,
      task: undefined,
      // The first read is to show something.
      wait: 0,
      longestWait: LONGEST_WAIT_SECONDS,
      failures: 0,
    };
    for (;;) {
      const pause = await this.#step(followed);
      if (followed.task && isFinal(followed.task)) return followed.task;
      if (pause > 0) await this.#untilWoken((signal) => this.#clock.sleep(pause, signal), signal);
    }
  }

  /** One read. Returns after how many milliseconds the next one is due. */
  async #step(followed: Followed): Promise<number> {
    const startedAt = this.#clock.now();
    try {
      const news = await this.#read(followed);
      const isHeld = this.#clock.now() - startedAt >= HELD_MILLISECONDS;
      return this.#take(followed, news, isHeld);
    } catch (error) {
      if (followed.signal.aborted) throw abortReason(followed.signal);
      const isHeld = this.#clock.now() - startedAt >= HELD_MILLISECONDS;
      return takeFailure(followed, error, isHeld);
    }
  }

  /** What a read has told: `undefined` is nothing new. */
  #take(followed: Followed, news: Task | undefined | typeof WOKEN, isHeld: boolean): number {
    const { wait, task } = followed;
    if (news === WOKEN) {
      followed.wait = 0;
      return 0;
    }
    followed.failures = 0;
    followed.onProblem(undefined);
    const isNews = news !== undefined && isNewer(news, task);
    if (isNews) followed.onTask(followed.task = news);
    // A backend that holds reads tells versions, and does hold them.
    const holds = followed.task?.version !== undefined && (wait === 0 || isNews || isHeld);
    followed.wait = followed.task?.version === undefined ? 0 : followed.longestWait;
    return holds ? 0 : pauseOf(followed.task);
  }

  async #read(followed: Followed): Promise<Task | undefined | typeof WOKEN> {
    const { id, task, signal } = followed;
    if (this.#heldReads >= MOST_HELD_READS) followed.wait = 0;
    const { wait } = followed;
    const headers = task?.version === undefined
      ? undefined
      : { "if-none-match": `"${task.version}"` };
    const read = (signal: AbortSignal): Promise<unknown> =>
      this.#api.ask(`tasks/${id}/status${wait > 0 ? `?wait=${wait}` : ""}`, {
        ...(headers && { headers }),
        signal,
        timeoutSeconds: wait + GRACE_SECONDS,
      });
    if (wait > 0) this.#heldReads++;
    try {
      const body = await this.#untilWoken(read, signal);
      return body === undefined || body === WOKEN ? body as undefined : taskOf(body);
    } finally {
      if (wait > 0) this.#heldReads--;
    }
  }

  /** Does what waits, and ends it early when it is woken. */
  async #untilWoken<T>(
    work: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | typeof WOKEN> {
    if (signal.aborted) throw abortReason(signal);
    const controller = new AbortController();
    const end = (): void => controller.abort();
    signal.addEventListener("abort", end);
    this.#wakers.add(end);
    try {
      return await work(controller.signal);
    } catch (error) {
      if (signal.aborted) throw abortReason(signal);
      if (controller.signal.aborted) return WOKEN;
      throw error;
    } finally {
      signal.removeEventListener("abort", end);
      this.#wakers.delete(end);
    }
  }
}

/** Goes on after whatever may pass. */
function takeFailure(followed: Followed, error: unknown, isHeld: boolean): number {
  const pause = pauseAfter(error, ++followed.failures);
  if (!(error instanceof MakeIt3DError) || !error.isRetryable) throw error;
  if (followed.wait > 0 && isHeld && error instanceof UnreachableError) {
    // Somebody in between does not wait for as long. That is no news for a user.
    followed.longestWait = Math.ceil(followed.longestWait / 2);
  } else {
    followed.onProblem(error);
  }
  followed.wait = 0;
  return pause ?? PATIENCE_MILLISECONDS;
}

/** Answers may overtake each other; what was seen once does not go back. */
function isNewer(news: Task, known: Task | undefined): boolean {
  if (known === undefined) return true;
  if (news.version === undefined || known.version === undefined) {
    return JSON.stringify(news) !== JSON.stringify(known);
  }
  return news.version > known.version;
}

/** Often enough, and not more often than something can have happened. */
function pauseOf(task: Task | undefined): number {
  const seconds = (task?.eta?.seconds ?? 0) / 5;
  return 1000 * Math.min(Math.max(seconds, SHORTEST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS);
}
