/**
 * How jobs end.
 *
 * Source: https://docs.bfl.ai/api-reference/utility/get-result
 *
 * @module
 */
import type { Charged } from "../job_call.ts";

/** A time in which a job cannot be found. */
export interface Hiding {
  /** In milliseconds, from submission. */
  readonly forMs: number;
  /** Status of the HTTP answer. */
  readonly httpStatus: 200 | 404;
}

interface Ending extends Charged {
  /** One of the documented ones, or one that is not. */
  readonly status: string;
  readonly hiding?: Hiding;
}

export interface Ready extends Ending {
  /** What `sample` leads to; `none`: there is no such address. */
  readonly file: "picture" | "other_format" | "no_bytes" | "none";
}

export interface Unready extends Ending {
  readonly details?: Readonly<Record<string, unknown>>;
  /** Status of the HTTP answer. Default: 200. */
  readonly httpStatus?: number;
  readonly file?: never;
}

export type PictureEnding = Ready | Unready;

/** A job that ends well and is charged. */
export function succeed(file: Ready["file"] = "picture"): Ready {
  return { status: "Ready", charged: true, file };
}

/** A job that does not end well; such are not charged. */
export function end(status: string, details?: Unready["details"]): Unready {
  return { status, charged: false, ...(details !== undefined && { details }) };
}

/** What is refused is refused for these reasons. */
export const moderation = { "Moderation Reasons": ["Sexual Content"] };
