import { GoTrueClient } from "@supabase/auth-js";
import type { Settings } from "./settings.ts";

/** Who is signed in, renewed as apps do it. A key of its own keeps operators and users apart. */
export function createAuth(
  { url, publishable_key }: Settings,
  role: "user" | "operator",
): GoTrueClient {
  return new GoTrueClient({
    url: `${url}/auth/v1`,
    headers: { apikey: publishable_key },
    storageKey: `makeit3d-playground:${role}:${url}`,
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: false,
  });
}

/** The token of whoever is signed in; null for nobody. A refused one is renewed once. */
export async function accessTokenOf(auth: GoTrueClient, refused?: string): Promise<string | null> {
  const { data } = await auth.getSession();
  const token = data.session?.access_token ?? null;
  if (token === null || token !== refused) return token;
  const renewed = await auth.refreshSession();
  return renewed.data.session?.access_token ?? null;
}
