import { z } from "zod";

/**
 * The claim that makes a user an operator. As the plan's, it stands in `app_metadata`, which only the
 * project's server can write; what users write themselves, `user_metadata`, is not looked at.
 */
export const operatorClaim = { role: z.string().optional().catch(undefined) };

interface OperatorClaims {
  readonly app_metadata?: { readonly role?: string | undefined } | undefined;
  readonly is_anonymous: boolean;
}

/** Whether a user says to be an operator, by the claims of a verified token. */
export function isOperator(
  { app_metadata: metadata, is_anonymous: isAnonymous }: OperatorClaims,
): boolean {
  return !isAnonymous && metadata?.role === "operator";
}
