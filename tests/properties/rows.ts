/** Rows as Postgres writes them; only the columns that the tests name are declared. */
export interface Task {
  readonly id: string;
  /** Null: the user is deleted. */
  readonly user_id: string | null;
  readonly client_task_id: string;
  readonly operation: string;
  readonly provider: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly result_count: number;
  readonly input_bytes: number;
  readonly status: string;
  readonly asset_urls: readonly string[];
  readonly error_code: string | null;
  readonly finished_at: string | null;
  readonly created_at: string;
  readonly deadline_at: string;
  readonly pool: string;
  readonly turn: number;
  readonly max_call_seconds: number;
  readonly least_run_seconds: number;
  readonly winds_down: boolean;
  readonly is_purged: boolean;
  readonly queue: string;
  /** Null once the task is final, and its provider has ended it, too. */
  readonly message_id: number | null;
  readonly lease: number;
  readonly lease_expires_at: string | null;
  readonly claims_without_outcome: number;
  readonly claimed_alone: boolean;
  readonly losses_alone: number;
  readonly failed_attempts: number;
  readonly handle: string | null;
  readonly output: string;
  readonly api_key_id: string | null;
  readonly counts_for_key: boolean;
  readonly estimate_usd: number;
  readonly reserved_usd: number;
  /** The day it counts in. */
  readonly day: string;
}

export interface Call {
  readonly id: number;
  readonly task_id: string | null;
  readonly attempt: number;
  readonly provider: string;
  readonly pool: string;
  readonly result_count: number;
  readonly started_at: string;
  readonly sent_at: string | null;
  readonly handle: string | null;
  readonly outcome: string | null;
  readonly cost_usd: number | null;
  readonly estimate_usd: number | null;
}

export interface Message {
  readonly queue: string;
  readonly msg_id: number;
  readonly vt: string;
  readonly enqueued_at: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface Lane {
  readonly provider: string;
  readonly max_in_flight: number;
  readonly results_per_minute: number | null;
  readonly rate_limited_until: string | null;
  readonly paused_until: string | null;
  readonly consecutive_failures: number;
  readonly max_ambiguous_retries: number;
}

export interface Pool {
  readonly provider: string;
  readonly name: string;
  readonly max_in_flight: number;
  readonly rate_limited_until: string | null;
}

export interface Pacing {
  readonly provider: string;
  /** No accepted work of the lane is polled before. */
  readonly next_poll_at: string;
}

/** A user with failures in a lane since the last success there. */
export interface FailingUser {
  readonly provider: string;
  readonly user_id: string;
  readonly paused_until: string | null;
}

export interface Asset {
  readonly celery_task_id: string;
  readonly result_index: number;
  readonly status: string;
  readonly asset_url: string | null;
}

export interface DeadMessage {
  readonly id: number;
  readonly task_id: string | null;
  readonly message: Readonly<Record<string, unknown>>;
  readonly replayed_at: string | null;
}

/** A user whom an operator has blocked. */
export interface BlockedUser {
  readonly user_id: string;
  /** Null: until it is unblocked. */
  readonly blocked_until: string | null;
}

/** What a user's tasks of a day count. */
export interface UserSpending {
  readonly user_id: string;
  readonly day: string;
  readonly used_usd: number;
  readonly images: number;
  readonly models: number;
}

/** What the tasks of a day count for the project, a provider or a key, wherever it is written. */
export interface Budget {
  readonly scope: string;
  readonly scope_id: string;
  readonly day: string;
  readonly usd: number;
}

/** All that the functions under test read and write. */
export interface Rows {
  readonly lanes: readonly Lane[];
  readonly pools: readonly Pool[];
  readonly failing: readonly FailingUser[];
  readonly pacing: readonly Pacing[];
  readonly tasks: readonly Task[];
  readonly assets: readonly Asset[];
  readonly calls: readonly Call[];
  readonly messages: readonly Message[];
  readonly archive: readonly Message[];
  readonly dead: readonly DeadMessage[];
  readonly blocked: readonly BlockedUser[];
  readonly userSpending: readonly UserSpending[];
  readonly budgets: readonly Budget[];
}
