/** This machine: by its number, by its name, and as an Android emulator on it calls it. */
const THIS_MACHINE = ["127.0.0.1", "localhost", "10.0.2.2"];

/** Hosts of the platform, whose Storage has one of its own beside the project's. */
const PLATFORM = /^([a-z0-9-]+)\.(supabase\.(?:co|in|red))$/;

/**
 * Every URL under which apps may name the project's files; the first is the one that is kept. None is
 * ever fetched: only bucket and path are taken from an app's URL.
 */
export function projectUrlsOf(
  { SUPABASE_URL, PUBLIC_SUPABASE_URL = SUPABASE_URL }: {
    readonly SUPABASE_URL: string;
    readonly PUBLIC_SUPABASE_URL?: string | undefined;
  },
): readonly [string, ...string[]] {
  const others = [PUBLIC_SUPABASE_URL, SUPABASE_URL].flatMap((url) => [url, ...otherNames(url)]);
  return [PUBLIC_SUPABASE_URL, ...new Set(others.filter((url) => url !== PUBLIC_SUPABASE_URL))];
}

function otherNames(url: string): string[] {
  const { hostname, protocol, port } = new URL(url);
  const [, reference, domain] = PLATFORM.exec(hostname) ?? [];
  if (reference) return [`https://${reference}.storage.${domain}`];
  if (!THIS_MACHINE.includes(hostname)) return [];
  return THIS_MACHINE.map((name) => `${protocol}//${name}${port && `:${port}`}`);
}
