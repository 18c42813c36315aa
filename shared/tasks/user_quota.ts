import { z } from "zod";
import type { AccountBody } from "../contract/responses.ts";
import { roundUsd } from "../contract/usd.ts";

const quota = z.object({ used: z.number(), allowed: z.number().nullable() });

/** What `private.user_quota` answers. */
export const userQuota = z.object({
  plan: z.string(),
  resets_at: z.string().transform((text) => new Date(text)),
  images: quota,
  models: quota,
  usd: quota,
  active_tasks: quota,
  submits_per_minute: z.number().nullable(),
});

export type UserQuota = z.infer<typeof userQuota>;

/** The same for the user. */
export function accountBodyOf(given: UserQuota): AccountBody {
  return {
    plan: given.plan,
    resets_at: given.resets_at.toISOString(),
    images: withRest(given.images),
    models: withRest(given.models),
    usd: withRest(given.usd),
    active_tasks: withRest(given.active_tasks),
    submits_per_minute: given.submits_per_minute,
  };
}

/** After a downgrade more may be used than is allowed. */
function withRest({ used, allowed }: z.infer<typeof quota>): AccountBody["usd"] {
  const left = allowed === null ? null : roundUsd(Math.max(0, allowed - used));
  return { used, allowed, left };
}
