import type { Context, Next } from "hono";

/** What a URL's parser resolves or rewrites without a word: dots, backslashes, what is no text. */
const ODD = /[\\\p{Cc}]|\/(?:\.|%2e){1,2}(?:\/|$)/iu;

/**
 * Refuses paths that a service could take for others than the gateway does. Browsers and SDKs send
 * none; the platform's front resolves or refuses them before a service sees them.
 */
export async function refuseOddPaths(c: Context, next: Next): Promise<Response | void> {
  if (!isOddPath(c.req.url)) return await next();
  return c.json(
    { message: "A path must be without dots between slashes, and without backslashes" },
    400,
  );
}

/** @param url As it came: `Request` has it without a change. */
export function isOddPath(url: string): boolean {
  const [address = ""] = url.split(/[?#]/, 1);
  return ODD.test(address.replace(/^[a-z]+:\/\/[^/\\]*/i, ""));
}
