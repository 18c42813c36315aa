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
  if (isControl(c) && !isOwn(c)) return c.notFound();
  return await next();
}

/** Methods that change something and have a body. */
const SENDING = ["POST", "PUT", "PATCH"];

/**
 * Refuses what pages of other origins send to the same paths, though the browser that shows them is on
 * this machine. Browsers name the page's origin with whatever changes something; of a GET some say only
 * how far away the page is. A body must be JSON, which a page can send elsewhere only after it has asked,
 * and that is refused, too. Programs name no origin.
 *
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export async function refuseOtherPages(c: Context, next: Next): Promise<Response | void> {
  if (!isControl(c)) return await next();
  const origin = c.req.header("origin");
  const distance = c.req.header("sec-fetch-site");
  if (
    (origin !== undefined && origin !== new URL(c.req.url).origin) ||
    // The same site is other ports of this machine, too.
    (distance !== undefined && distance !== "same-origin" && distance !== "none")
  ) {
    return c.json({ message: "Only a page of this very origin may ask for this" }, 403);
  }
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (SENDING.includes(c.req.method) && mediaType !== "application/json") {
    return c.json({ message: "The body must be sent as application/json" }, 415);
  }
  return await next();
}

function isControl(c: Context): boolean {
  return c.req.path.startsWith("/_");
}

/** Whether a request came from this machine, by a name that only itself has. */
export function isOwn(c: Context): boolean {
  // Without a server, in tests, there is no peer.
  const peer: string | undefined = c.env?.remoteAddr?.hostname;
  return OWN_HOST.test(new URL(c.req.url).hostname) && (!peer || OWN_ADDRESS.test(peer));
}
