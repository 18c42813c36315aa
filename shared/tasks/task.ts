import type { TaskStatus } from "../contract/responses.ts";
import type { CallRecord } from "../providers/adapter.ts";
import type { ProviderErrorCode } from "../providers/provider_error.ts";

/** A task this worker alone may settle until the lease runs out. */
export interface Claim {
  readonly taskId: string;
  /** The number that proves the claim. */
  readonly lease: string;
  readonly userId: string;
  /** Of the row, which newer code than this may have written. */
  readonly operation: string;
  readonly provider: string;
  readonly parameters: unknown;
  readonly failedAttempts: number;
  /** Of its input files together. */
  readonly inputBytes: number;
  /** What to ask the provider by, once it has accepted the work; it is never submitted again then. */
  readonly handle: string | null;
  readonly acceptedAt: Date | null;
  readonly deadline: Date;
  readonly requestId: string;
}

/** Why a task can fail; `private.task_errors` has the words for each. */
export type TaskErrorCode = ProviderErrorCode | "internal";

/** What the ledger of purchases learns of the call. */
export interface CallOutcome extends Partial<CallRecord> {
  /** Absent while the provider is at it. */
  readonly outcome?: "succeeded" | "failed" | "ambiguous";
  /** How long the provider asks to leave it alone. */
  readonly retryAfterSeconds?: number;
}

/** What becomes of a task after one step. */
export type Outcome =
  | { readonly kind: "complete"; readonly assetUrls: readonly string[]; readonly call: CallOutcome }
  | {
    /** The provider has accepted the work, and is to be asked again. */
    readonly kind: "snooze";
    readonly handle: string;
    readonly delaySeconds: number;
    readonly progress: number | undefined;
    readonly call: CallOutcome;
  }
  | {
    readonly kind: "retry";
    readonly errorCode: TaskErrorCode;
    /** For the operator. */
    readonly detail: string;
    readonly delaySeconds: number;
    readonly call: CallOutcome;
  }
  | {
    readonly kind: "fail";
    readonly errorCode: TaskErrorCode;
    readonly detail: string;
    readonly call: CallOutcome;
  };

/** What the owner of a task may see of it. */
export interface TaskView {
  readonly id: string;
  readonly clientTaskId: string;
  readonly operation: string;
  readonly provider: string;
  readonly status: TaskStatus;
  readonly progress: number | null;
  readonly assetUrls: readonly string[];
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}
