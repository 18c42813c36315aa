import { type GoTrueClient, isAuthRetryableFetchError } from "@supabase/auth-js";
import { createMakeIt3D, type MakeIt3D } from "@makeit3d/client";
import { browserImages } from "@makeit3d/client/images";
import type { Reachability } from "./reachability.ts";
import { accessTokenOf, authOf, dropAuth } from "./session.ts";
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
  /** Nothing is known of the session: the project, or its Auth, does not answer. */
  | { readonly state: "unreachable"; readonly reachability: Reachability };

/** Takes up the session that is kept, or signs in the user whom the settings name. */
export async function connect(settings: Settings): Promise<Connecting> {
  const reachability = watchBackend(settings);
  const auth = authOf(settings, "user", reachability.fetch);
  // Auth itself would try for half a minute before it says so.
  const outage = outageOf(reachability);
  const found = await Promise.race([findSession(auth, settings), outage.seen])
    .finally(outage.leave);
  if (!found || isAuthRetryableFetchError(found.error)) {
    dropAuth(settings, "user");
    return { state: "unreachable", reachability };
  }
  const { data: { session }, error } = found;
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

type Found = Awaited<ReturnType<GoTrueClient["getSession"]>>;

async function findSession(auth: GoTrueClient, { user }: Settings): Promise<Found> {
  const kept = await auth.getSession();
  if (kept.data.session || kept.error || !user) return kept;
  const { data, error } = await auth.signInWithPassword(user);
  return error ? { data: { session: null }, error } : { data: { session: data.session }, error };
}

interface Outage {
  /** Resolves if the project does not answer, or is found not to. */
  readonly seen: Promise<undefined>;
  /** Nobody waits for it any more. */
  readonly leave: () => void;
}

function outageOf(reachability: Reachability): Outage {
  const { promise: seen, resolve } = Promise.withResolvers<undefined>();
  const look = (): void => {
    if (!reachability.isReachable) resolve(undefined);
  };
  look();
  return { seen, leave: reachability.subscribe(look) };
}
