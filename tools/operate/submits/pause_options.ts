import { readWhole } from "../amounts.ts";

/** What apps are told while submits are paused; null means the usual words, or time. */
export interface Pause {
  readonly message: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The options of `pause`, as they were typed. */
export interface PauseOptions {
  readonly message?: string | undefined;
  readonly "retry-after"?: string | undefined;
}

/** Reads what a person typed. Throws an error that names the option and says what is possible. */
export function readPause(options: PauseOptions): Pause {
  const message = options.message?.trim();
  if (message === "") throw new Error("--message is empty: what apps are to be told");
  const seconds = options["retry-after"];
  return {
    message: message ?? null,
    retryAfterSeconds: seconds === undefined ? null : readWhole("--retry-after", seconds, 1),
  };
}
