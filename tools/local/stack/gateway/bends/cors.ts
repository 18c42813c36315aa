import type { Context, Next } from "hono";
import { cors } from "hono/cors";

/**
 * With neither `allowHeaders` nor a list of origins, it allows what a page asks for, as the platform.
 * What of an answer's headers a page may read, the services say themselves.
 */
const ofServices = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  maxAge: 3600,
});

/**
 * Lets pages of every origin use the project, as the platform's gateway does for all services. A
 * function answers for itself; only what the gateway says in its place is allowed here.
 */
export async function allowPages(c: Context, next: Next): Promise<Response | void> {
  if (!c.req.path.startsWith("/functions/")) return await ofServices(c, next);
  await next();
  if (!c.res.headers.has("access-control-allow-origin")) {
    c.header("access-control-allow-origin", "*");
  }
}
