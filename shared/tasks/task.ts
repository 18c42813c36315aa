import type { Results } from "../contract/asset_facts.ts";
import type { CanceledBody, TaskStatus } from "../contract/responses.ts";
import type { CallRecord } from "../providers/adapter.ts";
import type { FailureReason, PauseScope, ProviderErrorCode } from "../providers/provider_error.ts";

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
  /** Its input files as they were checked; see `shared/storage/checked_input.ts`. */
  readonly inputs: unknown;
  /** What to ask the provider by, once it has accepted the work; it is never submitted again then. */
  readonly handle: string | null;
  /** Seconds since it did, by the database's clock; null before. */
  readonly acceptedSecondsAgo: number | null;
  /** Its call that was sent and whose answer was lost: it is to be looked for, and not made again. */
  readonly lostCall: LostCall | null;
  /** How long the billable call may take. */
  readonly maxCallSeconds: number;
  /** It was lost with its worker before: this worker must claim nothing else until it is settled. */
  readonly isAlone: boolean;
  /** It has ended without a result: all that is to be learned is what became of the call. */
  readonly isGivenUp: boolean;
  readonly requestId: string;
  /** Where its submit belongs in the app's tracing; null if the app did not say. */
  readonly traceparent: string | null;
}

/** A billable call whose answer was lost. */
export interface LostCall {
  /** What the provider's list knows it by; opaque to everyone but the adapter. */
  readonly mark: string;
  /** Since it was sent, by the database's clock. */
  readonly sentSecondsAgo: number;
}

/** Why a task can fail; `private.task_errors` has the words for each. */
export type TaskErrorCode = ProviderErrorCode | "internal";

/** What a step reports. `private.settle_task` decides what becomes of the task. */
export type Outcome =
  | {
    readonly kind: "complete";
    readonly assetUrls: readonly string[];
    /** What is known of them. */
    readonly results?: Results;
    /** What an app should know of a result, by its place among the URLs. */
    readonly warnings?: Readonly<Record<string, string>>;
    readonly call: CallRecord;
  }
  | {
    /** The provider has accepted the work, and must be polled. */
    readonly kind: "snooze";
    readonly handle: string;
    readonly delaySeconds: number;
    /** Percentage, a whole number. */
    readonly progress: number | undefined;
    readonly call: CallRecord;
  }
  | Failure
  /** The provider's list does not have the lost call, or not yet. */
  | { readonly kind: "not_found" }
  /** Nothing has happened, and another worker is to have it: this one ends too soon. */
  | { readonly kind: "release" };

/** Why a step failed, as facts: whether there is another attempt is decided when it is settled. */
export interface Failure {
  readonly kind: "failure";
  readonly errorCode: TaskErrorCode;
  /** For the operator. */
  readonly detail: string;
  /** For the user, if the code says too little. */
  readonly reason?: FailureReason | undefined;
  /** Whether submitting the same again may help. */
  readonly isRetryable: boolean;
  /** No other attempt changes it, not even another poll: the provider has ended the work. */
  readonly isFinal: boolean;
  /** The provider may have done and billed the work all the same. */
  readonly isAmbiguous: boolean;
  /** The provider has done and billed the work. */
  readonly isBilled: boolean;
  /** The provider has ended accepted work for a reason of its own, and bills nothing. */
  readonly endedUnbilled: boolean;
  /** We ended the step, at the task's deadline or with its lease: it is no failure of the provider. */
  readonly isOwnCut: boolean;
  /** What waits until the provider takes more, for `provider_rate_limited`. */
  readonly pauseScope: PauseScope;
  /** Where the result is, if that is no host that we know as the provider's. */
  readonly unlistedHost: string | undefined;
  /** Until the next attempt, if there is one. */
  readonly delaySeconds: number;
  /** How long the provider asks us to wait; 0 if it does not say. */
  readonly retryAfterSeconds: number;
  readonly call: CallRecord;
}

/**
 * The state that a settlement reached: the task has finished (`complete`, `failed`, or `canceled`
 * before), is submitted again after a delay (`retrying`), is polled again (`polling`), has a call that
 * is looked for (`looking`), or waits for another worker (`released`).
 */
export type SettledState =
  | "complete"
  | "failed"
  | "canceled"
  | "retrying"
  | "polling"
  | "looking"
  | "released";

/** What the owner of a task may see of it. */
export interface TaskView {
  readonly id: string;
  /** Grows with each change of what is here, but for what is reckoned at each look. */
  readonly version: number;
  readonly clientTaskId: string;
  readonly operation: string;
  readonly provider: string;
  readonly status: TaskStatus;
  readonly progress: number | null;
  readonly assetUrls: readonly string[];
  /** What is known of them, as an earlier version may have written it: see `resultFields`. */
  readonly results: unknown;
  /** What was asked for; empty once it was dropped. */
  readonly parameters: unknown;
  /** Results that were asked for and are not there; null if none is missing, or the task goes on. */
  readonly missingResults: number | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  /** Whether a provider bills it; null unless it has failed. */
  readonly billed: CanceledBody["billed"] | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** When its user reported the results: they are hidden since. */
  readonly reportedAt: Date | null;
  /** In USD, as far as is known; null until the task has ended, and where it was not asked for. */
  readonly costUsd: number | null;
}

/** Where a task stands in the list of its user's. */
export interface TaskPlace {
  /** When it was accepted, in microseconds since 1970: as exact as the database has it. */
  readonly createdMicroseconds: number;
  readonly id: string;
}

/** Which part of a user's tasks is asked for. */
export interface TaskListQuery {
  readonly operation?: string | undefined;
  readonly status?: TaskStatus | undefined;
  readonly limit: number;
  /** The last that was told before; undefined to begin. */
  readonly before?: TaskPlace | undefined;
}

/** A part of a user's tasks, newest first. */
export interface TaskList {
  readonly tasks: readonly TaskView[];
  /** Where the next part begins; undefined if there is none. */
  readonly next: TaskPlace | undefined;
}

/** A state of a task, as it was shown. */
export interface TaskVersion {
  readonly id: string;
  readonly version: number;
}
