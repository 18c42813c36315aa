import { ApiError } from "../contract/errors.ts";
import { roundUsd } from "../contract/usd.ts";

/** The quota of the user's plan for a day that a submit would have exceeded. */
export interface QuotaReached {
  readonly exceededLimit: keyof typeof QUOTAS;
  /** What is used already of that day, in USD for `usd_per_day`. */
  readonly used: number;
  readonly allowed: number;
  readonly resetsAt: Date;
  readonly retryAfterSeconds: number;
}

/** What a request would have added to what is used. */
export interface Asked {
  readonly resultCount: number;
  readonly estimateUsd: number;
}

interface QuotaWords {
  readonly what: string;
  /** What may do while something is left. */
  readonly instead: string;
  amount(value: number): string;
  asked(asked: Asked): number;
}

const count: Pick<QuotaWords, "amount" | "asked" | "instead"> = {
  amount: String,
  asked: ({ resultCount }) => resultCount,
  instead: "ask for fewer",
};

/** The names are those of the columns of private.plans. */
const QUOTAS = {
  images_per_day: { ...count, what: "images a day" },
  models_per_day: { ...count, what: "models a day" },
  usd_per_day: {
    what: "a day",
    amount: (usd) => `$${roundUsd(usd)}`,
    asked: ({ estimateUsd }) => estimateUsd,
    instead: "ask for something cheaper",
  },
} satisfies Record<string, QuotaWords>;

/** The error (429) of a submit that would have exceeded a quota. Its body has the numbers, too. */
export function rejectByQuota(
  { exceededLimit, used, allowed, resetsAt, retryAfterSeconds }: QuotaReached,
  request: Asked,
): ApiError {
  const { what, instead, amount, asked }: QuotaWords = QUOTAS[exceededLimit];
  const advice = [
    ...used < allowed ? [instead] : [],
    // Else no day has room for it.
    ...asked(request) <= allowed ? [`try again ${whenReset(resetsAt)}`] : [],
  ];
  const message = `Limit of ${amount(allowed)} ${what} of the user's plan reached: ` +
    `${amount(used)} used, and this request asks for ${amount(asked(request))}; ` +
    (advice.join(", or ") || "change the plan");
  const quota = { limit: exceededLimit, used, allowed, resetsAt };
  return new ApiError("quota_exceeded", message, { quota, retryAfterSeconds });
}

/** When days, and months, begin: at midnight, UTC. */
export function whenReset(resetsAt: Date): string {
  return `at ${resetsAt.toISOString()}`;
}
