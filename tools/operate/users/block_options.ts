import { readFutureDate } from "../future_date.ts";

/** Why and for how long a user is blocked. */
export interface Block {
  readonly reason: string;
  /** Null means until an operator unblocks the user. */
  readonly until: Date | null;
}

/** The options of `block`, as they were typed. */
export interface BlockOptions {
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly days?: string | undefined;
}

const DAY_MILLISECONDS = 86_400_000;

/** Reads what a person typed. Throws an error that names the option and says what is possible. */
export function readBlock({ reason, until, days }: BlockOptions, now: Date): Block {
  const words = reason?.trim();
  if (!words) {
    throw new Error("--reason is missing: why, in words for operators; the user is not told");
  }
  if (until !== undefined && days !== undefined) {
    throw new Error("--until and --days say the same: give one of them");
  }
  if (until !== undefined) return { reason: words, until: readFutureDate("--until", until, now) };
  return { reason: words, until: days === undefined ? null : readDays(days, now) };
}

function readDays(text: string, now: Date): Date {
  if (/^[1-9]\d{0,3}$/.test(text)) return new Date(now.getTime() + Number(text) * DAY_MILLISECONDS);
  throw new Error(`--days must be a whole number from 1 to 9999: ${text}`);
}
