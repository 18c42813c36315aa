import { createMakeIt3D, RefusedError } from "@makeit3d/client";
import { accessTokenOf, authOf } from "./session.ts";
import type { Settings } from "./settings.ts";

/** Why somebody could not sign in. */
export interface SignInProblem {
  readonly message: string;
  /** The key that has to be entered again; undefined where it is none of them. */
  readonly field?: "publishable_key" | "api_key";
}

/**
 * Signs in, and checks both keys with what was entered. Returns what is wrong; undefined: nothing is.
 * Nobody is signed in after a problem.
 */
export async function signIn(
  settings: Settings,
  credentials: { readonly email: string; readonly password: string },
): Promise<SignInProblem | undefined> {
  const auth = authOf(settings, "user");
  const { error } = await auth.signInWithPassword(credentials);
  if (error) return authProblem(error, settings);
  const client = createMakeIt3D({
    url: settings.url,
    apiKey: settings.api_key,
    publishableKey: settings.publishable_key,
    accessToken: (refused) => accessTokenOf(auth, refused),
  });
  try {
    await client.account();
    return undefined;
  } catch (refusal) {
    await auth.signOut({ scope: "local" });
    return accountProblem(refusal);
  } finally {
    client.close();
  }
}

/** What Auth, or the gateway in front of it, has said. */
export function authProblem(
  { status, message }: { readonly status?: number | undefined; readonly message: string },
  { url }: Pick<Settings, "url">,
): SignInProblem {
  // Auth gives no status where nothing has answered.
  if (!status) return { message: `${url} does not answer: ${message}` };
  // Auth itself answers 400 to a wrong password; only the gateway asks for the key.
  if (status !== 401) return { message };
  return {
    field: "publishable_key",
    message: "Publishable key: the project does not know it. It is in the project's API settings.",
  };
}

/** What the backend has said to somebody who has just signed in. */
export function accountProblem(error: unknown): SignInProblem {
  const message = error instanceof Error ? error.message : String(error);
  const isOfKey = error instanceof RefusedError && error.status === 401 && /api key/i.test(message);
  if (!isOfKey) return { message };
  return {
    field: "api_key",
    message: "API key of the app: the backend does not know it, or it is withdrawn. The operator " +
      "has the app's key.",
  };
}
