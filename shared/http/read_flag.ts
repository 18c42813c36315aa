import type { Context } from "hono";
import { ApiError } from "../contract/errors.ts";

/**
 * A query parameter that is `true` or `false`, or not there, which means false. Throws an ApiError (400)
 * for any other value, and for two: what costs money or deletes must not depend on which of them counts.
 */
export function readFlag(c: Context, field: string): boolean {
  const [value, ...more] = c.req.queries(field) ?? ["false"];
  if (more.length > 0) return refuseParameter(field, "Must be there once");
  if (value === "true" || value === "false") return value === "true";
  return refuseParameter(field, "Must be true or false");
}

/** Throws the ApiError (400) of a wrong query parameter. */
export function refuseParameter(field: string, message: string): never {
  throw new ApiError("invalid_request", `${field}: ${message}`, { details: [{ field, message }] });
}
