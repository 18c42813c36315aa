import { z } from "zod";

/** Of a user whose token names no plan. */
const DEFAULT_PLAN = "default";

/** Of every anonymous user: anybody can be as many of them as they like. */
const ANONYMOUS_PLAN = "anonymous";

/** As `private.plans` names them. */
const planName = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

/**
 * The claim that names the user's plan. It stands in `app_metadata`, which only the project's server can
 * write; users write `user_metadata` themselves
 * (https://supabase.com/docs/guides/auth/managing-user-data). What is no name of a plan counts as none: the
 * field is free to hold anything, and a user is not locked out for it.
 */
export const planClaim = { plan: planName.optional().catch(undefined) };

interface PlanClaims {
  readonly app_metadata?: { readonly plan?: string | undefined } | undefined;
  readonly is_anonymous: boolean;
}

/** The plan of a user, by the claims of a verified token. */
export function planOf({ app_metadata: metadata, is_anonymous: isAnonymous }: PlanClaims): string {
  return isAnonymous ? ANONYMOUS_PLAN : metadata?.plan ?? DEFAULT_PLAN;
}
