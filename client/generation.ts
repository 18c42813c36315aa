import type { Result, Task } from "./answers.ts";
import {
  type Billed,
  CanceledError,
  GenerationFailedError,
  MakeIt3DError,
  StillRunningError,
} from "./errors.ts";
import type { Follower } from "./follow.ts";
import type { Operation } from "./requests.ts";
import type { Acceptance } from "./submission.ts";

/** A task under way. Nothing is asked for while nobody waits for it or listens. */
export interface Generation<Op extends Operation = Operation> {
  /** The backend's id. Undefined while it is not known that the request was accepted. */
  readonly id: string | undefined;
  /** The app's own. Undefined of what is followed by its id, until something was read. */
  readonly taskId: string | undefined;
  /** Where in the app it belongs: as given to `generate`. */
  readonly scope: string | undefined;
  /** Parameters that were mapped or ignored, in words for the developer. */
  readonly warnings: readonly string[];
  /** The newest that is known. */
  readonly task: Task | undefined;
  /** What is in the way at the moment, while it goes on trying: no network, for one. */
  readonly problem: MakeIt3DError | undefined;
  /** Calls whenever `task` or `problem` is another. Returns how to stop that; the task goes on. */
  subscribe(listener: () => void): () => void;
  /**
   * Waits for the end. Rejects with a `GenerationFailedError`, or a `CanceledError`. To abort it is to
   * wait no longer: it rejects with a `StillRunningError`.
   */
  result(options?: { readonly signal?: AbortSignal | undefined }): Promise<Result<Op>>;
  /** Ends the task at the backend. Rejects with `task_is_final` where it was too late. */
  cancel(): Promise<{ readonly billed: Billed }>;
}

/** A task that was accepted. */
export type Accepted<Op extends Operation> = Generation<Op> & { readonly id: string };

/** What a generation leaves to the client that it is of. */
export interface Owner {
  readonly follower: Follower;
  cancel(generation: LiveGeneration<Operation>): Promise<{ readonly billed: Billed }>;
  /** It has ended, or is none of the user's any more. */
  forget(generation: LiveGeneration<Operation>): Promise<void>;
}

interface Origin {
  /** Whose it is; undefined of what this device has not begun. */
  readonly user?: string | undefined;
  readonly taskId?: string | undefined;
  readonly scope?: string | undefined;
  readonly id?: string | undefined;
  /** What the backend says of it, once it does. */
  readonly accepted: Promise<Acceptance>;
}

export class LiveGeneration<Op extends Operation = Operation> implements Generation<Op> {
  id: string | undefined;
  taskId: string | undefined;
  readonly scope: string | undefined;
  warnings: readonly string[] = [];
  task: Task | undefined;
  problem: MakeIt3DError | undefined;
  readonly user: string | undefined;
  readonly accepted: Promise<string>;
  readonly #owner: Owner;
  readonly #listeners = new Set<() => void>();
  /** How many wait or listen. */
  #interested = 0;
  #hasEnded = false;
  #following: { readonly end: AbortController; readonly final: Promise<Task> } | undefined;

  constructor(owner: Owner, { user, accepted, taskId, scope, id }: Origin) {
    this.#owner = owner;
    this.user = user;
    this.id = id;
    this.taskId = taskId;
    this.scope = scope;
    this.accepted = accepted.then(({ id, warnings }) => {
      this.warnings = warnings;
      return this.id = id;
    });
    // Told to whoever waits.
    this.accepted.catch(() => {});
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#begin().catch(() => {});
    return () => {
      if (this.#listeners.delete(listener)) this.#leave();
    };
  }

  /** Waits until the backend has it. */
  async whenAccepted(signal?: AbortSignal): Promise<Accepted<Op>> {
    const id = await untilAborted(this.accepted, signal, () => this.#stillRunning(signal));
    return Object.assign(this, { id });
  }

  async result(
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Result<Op>> {
    const final = this.#begin();
    try {
      return resultOf(await untilAborted(final, signal, () => this.#stillRunning(signal)));
    } finally {
      this.#leave();
    }
  }

  cancel(): Promise<{ readonly billed: Billed }> {
    return this.#owner.cancel(this);
  }

  /** Lets everybody go who waits. */
  close(): void {
    if (this.#hasEnded) return;
    this.#following?.end.abort();
    this.#following = undefined;
  }

  #stillRunning(signal?: AbortSignal): StillRunningError {
    return new StillRunningError(this.id, this.taskId ?? "", { cause: signal?.reason });
  }

  #begin(): Promise<Task> {
    this.#interested++;
    if (this.#following) return this.#following.final;
    const end = new AbortController();
    const following = { end, final: this.#follow(end.signal) };
    following.final.catch(() => {
      if (this.#following === following) this.#following = undefined;
    });
    this.#following = following;
    return following.final;
  }

  #leave(): void {
    if (--this.#interested > 0) return;
    this.close();
  }

  async #follow(signal: AbortSignal): Promise<Task> {
    try {
      const id = await this.accepted;
      const task = await this.#owner.follower.follow(id, {
        onTask: (task) => {
          this.taskId ??= task.taskId;
          this.#change(task, this.problem);
        },
        onProblem: (problem) => this.#change(this.task, problem),
      }, signal);
      this.#hasEnded = true;
      await this.#owner.forget(this);
      return task;
    } catch (error) {
      if (signal.aborted) throw this.#stillRunning();
      if (error instanceof MakeIt3DError) {
        if (error.code === "not_found") await this.#owner.forget(this);
        this.#change(this.task, error);
      }
      throw error;
    }
  }

  #change(task: Task | undefined, problem: MakeIt3DError | undefined): void {
    if (task === this.task && problem === this.problem) return;
    this.task = task;
    this.problem = problem;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** What a final task is to whoever waits for its result. */
function resultOf<Op extends Operation>(task: Task): Result<Op> {
  if (isComplete<Op>(task)) return task;
  const { id, status, error = "Failed", billed = "maybe", retryable = false } = task;
  if (status === "canceled") throw new CanceledError(billed);
  throw new GenerationFailedError(id, task.errorCode ?? "internal", error, retryable, billed);
}

function isComplete<Op extends Operation>(task: Task): task is Result<Op> {
  return task.status === "complete";
}

/** Waits for no longer than the signal says. */
async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  reason: () => Error,
): Promise<T> {
  if (!signal) return await work;
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(reason());
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
