import { GoTrueClient, isAuthRetryableFetchError } from "@supabase/auth-js";
import { UnreachableError } from "@makeit3d/client";
import type { Settings } from "./settings.ts";

/** Who is signed in, renewed as apps do it. A key of its own keeps operators and users apart. */
export function createAuth(
  { url, publishable_key }: Settings,
  role: "user" | "operator",
  fetch?: typeof globalThis.fetch,
): GoTrueClient {
  return new GoTrueClient({
    url: `${url}/auth/v1`,
    headers: { apikey: publishable_key },
    storageKey: `makeit3d-playground:${role}:${url}`,
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: false,
    ...(fetch && { fetch }),
  });
}

/**
 * The token of whoever is signed in; null for nobody. A refused one is renewed once. Rejects with an
 * `UnreachableError` where Auth does not answer, which has signed nobody out.
 */
export async function accessTokenOf(auth: GoTrueClient, refused?: string): Promise<string | null> {
  const { data, error } = await auth.getSession();
  if (isAuthRetryableFetchError(error)) throw new UnreachableError(`Auth: ${error.message}`);
  const token = data.session?.access_token ?? null;
  if (token === null || token !== refused) return token;
  const renewed = await auth.refreshSession();
  if (isAuthRetryableFetchError(renewed.error)) {
    throw new UnreachableError(`Auth: ${renewed.error.message}`);
  }
  return renewed.data.session?.access_token ?? null;
}
