/**
 * The key that requests to the API must carry.
 *
 * Source: https://docs.bfl.ai/api_integration/integration_guidelines
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { FluxError } from "./errors.ts";

export const KEY_HEADER = "x-key";

export interface FluxEnvironment {
  Variables: {
    /** The key, which tells accounts apart. */
    owner: string;
  };
}

/** Refuses requests without a key. Every key that looks like one is good. */
export const requireKey: MiddlewareHandler<FluxEnvironment> = createMiddleware<FluxEnvironment>(
  async (c, next) => {
    const key = c.req.header(KEY_HEADER);
    if (key === undefined || key === "") throw new FluxError("not_authenticated");
    if (!/^[\w-]{8,}$/.test(key)) throw new FluxError("malformed_key");
    c.set("owner", key);
    await next();
  },
);
