import type { Context, Next } from "hono";

/** Names and numbers of this machine for itself, as hosts of URLs have them. */
const OWN_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const OWN_ADDRESS = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/;

/**
 * Hides paths that begin with `/_`, which read and change what is going on, from everybody but this
 * machine: they are as if they did not exist. A request that came through a tunnel or by another name
 * of this machine is not its own.
 */
export async function hideControl(c: Context, next: Next): Promise<Response | void> {
  if (c.req.path.startsWith("/_") && !isOwn(c)) return c.notFound();
  return await next();
}

/** Whether a request came from this machine, by a name that only itself has. */
export function isOwn(c: Context): boolean {
  // Without a server, in tests, there is no peer.
  const peer: string | undefined = c.env?.remoteAddr?.hostname;
  return OWN_HOST.test(new URL(c.req.url).hostname) && (!peer || OWN_ADDRESS.test(peer));
}
