import { GoTrueClient, isAuthRetryableFetchError } from "@supabase/auth-js";
import { UnreachableError } from "@makeit3d/client";
import type { Settings } from "./settings.ts";

interface OpenAuth {
  readonly auth: GoTrueClient;
  publishableKey: string;
  fetch: typeof globalThis.fetch;
}

/** One client for each place where a session is kept: two of them would renew each other's tokens. */
const open = new Map<string, OpenAuth>();

/**
 * Who is signed in, renewed as apps do it. A key of its own keeps operators and users apart. The newest
 * publishable key and `fetch` that were given are used from then on.
 */
export function authOf(
  settings: Settings,
  role: "user" | "operator",
  fetch?: typeof globalThis.fetch,
): GoTrueClient {
  const storageKey = storageKeyOf(settings, role);
  const opened = open.get(storageKey) ?? openAuth(settings, storageKey);
  open.set(storageKey, opened);
  opened.publishableKey = settings.publishable_key;
  if (fetch) opened.fetch = fetch;
  return opened.auth;
}

/** Lets a client go that may still try to reach what does not answer; the session stays kept. */
export function dropAuth(settings: Settings, role: "user" | "operator"): void {
  const storageKey = storageKeyOf(settings, role);
  open.get(storageKey)?.auth.stopAutoRefresh();
  open.delete(storageKey);
}

function openAuth({ url, publishable_key }: Settings, storageKey: string): OpenAuth {
  const opened: OpenAuth = {
    auth: new GoTrueClient({
      url: `${url}/auth/v1`,
      storageKey,
      autoRefreshToken: true,
      persistSession: true,
      detectSessionInUrl: false,
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set("apikey", opened.publishableKey);
        return opened.fetch(input, { ...init, headers });
      },
    }),
    publishableKey: publishable_key,
    fetch: (...args) => globalThis.fetch(...args),
  };
  return opened;
}

function storageKeyOf({ url }: Settings, role: "user" | "operator"): string {
  return `makeit3d-playground:${role}:${url}`;
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
