import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

/** What a `code` may be: of a refusal, of a failed task, of this package; a later backend may have others. */
export type ErrorCode =
  | Schemas["Error"]["error"]
  | NonNullable<Schemas["Status"]["error_code"]>
  | "network"
  | "not_signed_in"
  | "canceled"
  | "still_running"
  | "empty_file"
  | "unknown_file"
  | "unreadable_file"
  | "unreadable_image"
  | (string & Record<never, never>);

/** Whether a provider bills for what was ended: `maybe` where a call was under way. */
export type Billed = "no" | "maybe" | "yes";

/** One field of a request and what is wrong with it. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** What every error of this package is. Branch on the class, then on `code`. */
export class MakeIt3DError extends Error {
  override readonly name: string = "MakeIt3DError";

  /**
   * @param code For the app: of the API, or one of this package's (`network`, `not_signed_in`, …).
   * @param isRetryable Whether the same again may go well, later.
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly isRetryable: boolean = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nothing was heard of the backend. Of a submit, it may have been accepted: `resume()` finds out. */
export class UnreachableError extends MakeIt3DError {
  override readonly name: string = "UnreachableError";

  constructor(message: string, options?: ErrorOptions) {
    super("network", message, true, options);
  }
}

/** What the backend said no with. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly fields?: readonly FieldProblem[] | undefined;
}

/** The backend, or its Storage, refuses a request. */
export class RefusedError extends MakeIt3DError {
  override readonly name: string = "RefusedError";
  readonly status: number;
  /** To tell the operator: it is in every log line of the request. */
  readonly requestId: string | undefined;
  /** When to come back; more than a minute is for the app to decide. */
  readonly retryAfterSeconds: number | undefined;
  /** What is wrong with each field, by the names of the request: `image`, `images[1]`, `prompt`. */
  readonly fields: readonly FieldProblem[];

  constructor(refusal: Refusal) {
    super(refusal.code, refusal.message, refusal.status === 429 || refusal.status >= 500);
    this.status = refusal.status;
    this.requestId = refusal.requestId;
    this.retryAfterSeconds = refusal.retryAfterSeconds;
    this.fields = refusal.fields ?? [];
  }
}

/** The task has failed. `code` is its `error_code`, `message` is for the user. */
export class GenerationFailedError extends MakeIt3DError {
  override readonly name: string = "GenerationFailedError";

  constructor(
    readonly id: string,
    code: ErrorCode,
    message: string,
    isRetryable: boolean,
    readonly billed: Billed,
  ) {
    super(code, message, isRetryable);
  }
}

/** The task was canceled: here, or elsewhere. */
export class CanceledError extends MakeIt3DError {
  override readonly name: string = "CanceledError";

  constructor(readonly billed: Billed, options?: ErrorOptions) {
    super("canceled", `Canceled; billed: ${billed}`, false, options);
  }
}

/** Nobody waits here any more, and the task goes on: `follow(id)` and `resume()` find it again. */
export class StillRunningError extends MakeIt3DError {
  override readonly name: string = "StillRunningError";

  /** @param id Undefined where the submit was not answered yet. */
  constructor(readonly id: string | undefined, readonly taskId: string, options?: ErrorOptions) {
    super("still_running", `No longer waited for, and goes on: ${id ?? taskId}`, false, options);
  }
}
