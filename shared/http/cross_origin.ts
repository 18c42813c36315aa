import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/** A page may ask for what it likes, but a list without bounds would be an answer without bounds. */
const MAX_HEADERS = 50;

/** What an answer says beside its body. */
const EXPOSED = [
  "x-request-id",
  "idempotency-replayed",
  "retry-after",
  "www-authenticate",
  "etag",
  "preference-applied",
];

/** The name of a header: RFC 9110, 5.6.2, and no longer than any that is in use. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

/**
 * Lets browsers show answers to pages of other origins. Every request header that a page asks for is
 * allowed: SDKs add their own (`traceparent`, `baggage`, `x-region`, `x-retry-count`), none of them
 * changes what is done, and no cookie counts here.
 *
 * @param origins Web pages whose browsers may read the answers; `*` for all.
 */
export function allowOtherOrigins(origins: readonly string[]): MiddlewareHandler {
  return (c, next) =>
    cors({
      origin: origins.includes("*") ? "*" : [...origins],
      allowHeaders: requestedHeaders(c),
      allowMethods: ["GET", "POST", "DELETE", "OPTIONS"],
      exposeHeaders: EXPOSED,
      maxAge: 86_400,
    })(c, next);
}

function requestedHeaders(c: Context): string[] {
  const names = c.req.header("access-control-request-headers")?.split(",") ?? [];
  const sound = names
    .slice(0, MAX_HEADERS)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => HEADER_NAME.test(name));
  // The library takes an empty list for "whatever is asked for", and would repeat it as it is.
  return sound.length > 0 ? sound : ["content-type"];
}
