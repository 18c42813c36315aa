import type { Result, Task } from "./answers.ts";
import type { Billed, MakeIt3DError } from "./errors.ts";
import type { Operation } from "./requests.ts";

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
