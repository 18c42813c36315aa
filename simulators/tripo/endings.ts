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
  /** The field that has the address. Default: model_url. */
  readonly field?: "model_url" | "model_urls" | "pbr_model_url" | "base_model_url";
  /** What `rendered_image_url` leads to; `none`: there is no such address. Default: a picture. */
  readonly picture?: "none" | "no_bytes" | "large" | "stuck";
  /** Where it leads instead of to this simulator. */
  readonly host?: string;
  /** How long there is no address at first, in milliseconds from its order. Default: 0. */
  readonly addressAfterMs?: number;
}

export interface Failure extends Charged {
  readonly status: "failed" | "cancelled" | "banned" | "expired" | "unknown";
  readonly errorCode?: number;
  readonly errorMessage?: string;
}

export type TaskEnding = (Success | Failure) & {
  /** How long the task cannot be found at first, in milliseconds. Default: 0. */
  readonly hiddenMs?: number;
  /** How long its status is `unknown` at first, in milliseconds. Default: 0. */
  readonly unknownMs?: number;
};

/** A task that ends well and is charged. */
export function succeed(
  file: Success["file"] = "model",
  changes: Partial<Pick<Success, "field" | "picture" | "host" | "addressAfterMs">> = {},
): TaskEnding {
  return { status: "success", charged: true, file, ...changes };
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
