import { MakeIt3DError, UnreachableError } from "./errors.ts";

/** What is used of supabase-js: the app's own client fits. */
export interface SupabaseLike {
  readonly auth: {
    getSession(): Promise<SessionAnswer>;
    refreshSession(): Promise<SessionAnswer>;
  };
  readonly storage: {
    from(bucket: string): { getPublicUrl(path: string): { data: { publicUrl: string } } };
  };
}

interface SessionAnswer {
  readonly data: { readonly session: { readonly access_token: string } | null };
  readonly error: { readonly message: string; readonly status?: number | undefined } | null;
}

/**
 * The access token of the user who is signed in; null for nobody.
 *
 * @param refused The token that the backend did not take: another is asked for.
 */
export type AccessToken = (refused?: string) => Promise<string | null>;

/** Tokens of an app's Supabase client, which renews them itself, and once more where one is refused. */
export function accessTokenOf({ auth }: SupabaseLike): AccessToken {
  return async (refused) => {
    const { data, error } = await auth.getSession();
    const token = data.session?.access_token;
    if (token === undefined && error) throw failureOf(error);
    if (token !== refused) return token ?? null;
    const renewed = await auth.refreshSession();
    if (renewed.error) throw failureOf(renewed.error);
    return renewed.data.session?.access_token ?? null;
  };
}

/** Auth that cannot be reached has signed nobody out. */
function failureOf({ message, status = 0 }: NonNullable<SessionAnswer["error"]>): MakeIt3DError {
  return status === 0 || status >= 500
    ? new UnreachableError(`Auth: ${message}`)
    : notSignedIn(message);
}

export function notSignedIn(reason = "nobody is signed in"): MakeIt3DError {
  return new MakeIt3DError("not_signed_in", `No access token: ${reason}`);
}

/** The project's address, from that of any file in its Storage, which may have a host of its own. */
export function projectUrlOf({ storage }: SupabaseLike): string {
  const { publicUrl } = storage.from("inputs").getPublicUrl("file").data;
  return (publicUrl.split("/storage/v1/")[0] ?? publicUrl).replace(
    ".storage.supabase.",
    ".supabase.",
  );
}

/** Whom a token is of. It is the backend that checks it. */
export function userOf(token: string): string {
  const [, payload = ""] = token.split(".");
  try {
    const { sub } = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
    if (typeof sub === "string") return sub;
  } catch {
    // Said below.
  }
  throw notSignedIn("the token names no user");
}
