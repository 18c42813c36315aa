/**
 * How tasks end.
 *
 * Source: https://developers.tripo3d.ai/en/docs/task-lifecycle
 *
 * @module
 */
import type { Charged } from "../job_call.ts";

export interface Success extends Charged {
  readonly status: "success";
  /** What `model_url` leads to; `none`: there is no such address. */
  readonly file: "model" | "large_model" | "other_format" | "no_bytes" | "none";
}

export interface Failure extends Charged {
  readonly status: "failed" | "cancelled" | "banned" | "expired" | "unknown";
  readonly errorCode?: number;
  readonly errorMessage?: string;
}

export type TaskEnding = (Success | Failure) & {
  /** How long the task cannot be found at first, in milliseconds. Default: 0. */
  readonly hiddenMs?: number;
};

/** A task that ends well and is charged. */
export function succeed(file: Success["file"] = "model"): TaskEnding {
  return { status: "success", charged: true, file };
}

/** A task that does not end well: its credits are given back. */
export function fail(
  status: Failure["status"],
  errorCode?: number,
  errorMessage?: string,
): TaskEnding {
  return {
    status,
    charged: false,
    ...(errorCode !== undefined && { errorCode }),
    ...(errorMessage !== undefined && { errorMessage }),
  };
}
