import { ApiError } from "../contract/errors.ts";
import { whenReset } from "./reject_by_quota.ts";

/** A cap of the owner's that a submit would have exceeded. */
export interface CapReached {
  readonly exceededLimit: keyof typeof MESSAGES;
  readonly resetsAt: Date;
  readonly retryAfterSeconds: number;
}

type CapMessage = (again: string, provider: string) => string;

/** Without amounts: what the owner spends is nobody else's to know. */
const MESSAGES = {
  key_usd_per_day: (again) =>
    `This app (its API key) has spent what it may spend in a day; try again ${again}`,
  provider_usd_per_day: (again, provider) =>
    `What may be spent with ${provider} in a day is spent; choose another provider, ` +
    `or try again ${again}`,
  project_usd_per_day: (again) =>
    `What this service may spend in a day is spent; try again ${again}`,
  project_usd_per_month: (again) =>
    `What this service may spend in a month is spent; try again ${again}`,
} satisfies Record<string, CapMessage>;

/** The error (503) of a submit that would have exceeded a cap: no fault of its user. */
export function rejectByCap(
  { exceededLimit, resetsAt, retryAfterSeconds }: CapReached,
  provider: string,
): ApiError {
  const message: CapMessage = MESSAGES[exceededLimit];
  return new ApiError("unavailable", message(whenReset(resetsAt), provider), {
    retryAfterSeconds,
  });
}
