import { untilAborted } from "./abort_signals.ts";
import type { Result, Task } from "./answers.ts";
import {
  type Billed,
  CanceledError,
  GenerationFailedError,
  MakeIt3DError,
  StillRunningError,
} from "./errors.ts";
import type { Follower } from "./follow.ts";
import type { Accepted, Generation } from "./generation.ts";
import type { OnProblem } from "./problems.ts";
import type { Operation } from "./requests.ts";
import type { Acceptance, Submitter } from "./submission.ts";

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
  /** Has it accepted. Resolves with what the backend says of it. */
  readonly accept: (submitter: Submitter) => Promise<Acceptance>;
}

/** A generation, and who waits for it. */
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
  readonly #submitting = new AbortController();
  readonly #listeners = new Set<() => void>();
  /** How many wait or listen. */
  #interested = 0;
  #hasEnded = false;
  #following: { readonly end: AbortController; readonly final: Promise<Task> } | undefined;

  constructor(owner: Owner, { user, accept, taskId, scope, id }: Origin) {
    this.#owner = owner;
    this.user = user;
    this.id = id;
    this.taskId = taskId;
    this.scope = scope;
    const onProblem: OnProblem = (problem) => this.#change(this.task, problem);
    this.accepted = accept({ signal: this.#submitting.signal, onProblem }).then(
      ({ id, warnings }) => {
        this.warnings = warnings;
        return this.id = id;
      },
    );
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

  /** Nobody wants it any more: what was not accepted is not sent again. */
  stopSubmitting(): void {
    this.#submitting.abort();
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
