import type { GoTrueClient } from "@supabase/auth-js";
import { createMakeIt3D, type MakeIt3D } from "@makeit3d/client";
import { browserImages } from "@makeit3d/client/images";
import { accessTokenOf, createAuth } from "./session.ts";
import type { Settings } from "./settings.ts";

/** What the views work with. */
export interface Backend {
  readonly settings: Settings;
  readonly auth: GoTrueClient;
  readonly client: MakeIt3D;
  /** The email address of whoever is signed in; undefined for a user without one. */
  readonly email: string | undefined;
}

export type Connecting =
  | { readonly state: "connected"; readonly backend: Backend }
  /** Somebody has to sign in; the reason why nobody is, where there is one. */
  | { readonly state: "signed out"; readonly reason: string | undefined };

/** Takes up the session that is kept, or signs in the user whom the settings name. */
export async function connect(settings: Settings): Promise<Connecting> {
  const auth = createAuth(settings, "user");
  const kept = await auth.getSession();
  let session = kept.data.session;
  if (!session && settings.user) {
    const { data, error } = await auth.signInWithPassword(settings.user);
    if (error) return { state: "signed out", reason: error.message };
    session = data.session;
  }
  if (!session) return { state: "signed out", reason: kept.error?.message };
  const client = createMakeIt3D({
    url: settings.url,
    apiKey: settings.api_key,
    publishableKey: settings.publishable_key,
    accessToken: (refused) => accessTokenOf(auth, refused),
    prepare: browserImages(),
  });
  return { state: "connected", backend: { settings, auth, client, email: session.user.email } };
}
