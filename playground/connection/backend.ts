import { type GoTrueClient, isAuthRetryableFetchError } from "@supabase/auth-js";
import { createMakeIt3D, type MakeIt3D } from "@makeit3d/client";
import { browserImages } from "@makeit3d/client/images";
import type { Reachability } from "./reachability.ts";
import { accessTokenOf, createAuth } from "./session.ts";
import type { Settings } from "./settings.ts";
import { watchBackend } from "./watch_backend.ts";

/** What the views work with. */
export interface Backend {
  readonly settings: Settings;
  readonly auth: GoTrueClient;
  readonly client: MakeIt3D;
  /** The email address of whoever is signed in; undefined for a user without one. */
  readonly email: string | undefined;
  readonly userId: string;
  /** Whether the project answers. */
  readonly reachability: Reachability;
}

export type Connecting =
  | { readonly state: "connected"; readonly backend: Backend }
  /** Somebody has to sign in; the reason why nobody is, where there is one. */
  | { readonly state: "signed out"; readonly reason: string | undefined }
  /** Nothing is known of the session: Auth does not answer. */
  | { readonly state: "unreachable" };

/** Takes up the session that is kept, or signs in the user whom the settings name. */
export async function connect(settings: Settings): Promise<Connecting> {
  const reachability = watchBackend(settings);
  const auth = createAuth(settings, "user", reachability.fetch);
  const kept = await auth.getSession();
  const { data: { session }, error } = kept.data.session || !settings.user
    ? kept
    : await auth.signInWithPassword(settings.user);
  if (isAuthRetryableFetchError(error)) return { state: "unreachable" };
  if (!session) return { state: "signed out", reason: error?.message };
  const client = createMakeIt3D({
    url: settings.url,
    apiKey: settings.api_key,
    publishableKey: settings.publishable_key,
    accessToken: (refused) => accessTokenOf(auth, refused),
    prepare: browserImages(),
    fetch: reachability.fetch,
  });
  const { id: userId, email } = session.user;
  return { state: "connected", backend: { settings, auth, client, email, userId, reachability } };
}
