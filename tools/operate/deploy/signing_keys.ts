import { z } from "zod";

const keySet = z.object({ keys: z.array(z.unknown()) });

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Whether Auth signs users' tokens with a secret that only JWT_SECRET can tell the functions: its list
 * of public keys is empty then (https://supabase.com/docs/guides/auth/signing-keys). Undefined if it
 * does not answer as it should, which is no reason to stop.
 *
 * @param projectUrl As `https://REF.supabase.co`.
 */
export async function signsWithSecret(projectUrl: string): Promise<boolean | undefined> {
  try {
    const response = await fetch(`${projectUrl}/auth/v1/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const answer = keySet.safeParse(await response.json());
    return response.ok && answer.success ? answer.data.keys.length === 0 : undefined;
  } catch {
    return undefined;
  }
}
