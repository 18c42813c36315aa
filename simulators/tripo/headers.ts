/**
 * What every request to Tripo must carry, and every answer carries.
 *
 * Source: https://developers.tripo3d.ai/en/docs/authentication
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { TripoError } from "./errors.ts";

export interface TripoEnvironment {
  Variables: {
    requestId: string;
    /** The key, which tells accounts apart. */
    owner: string;
  };
}

/** Gives each request an id, by which its answer can be traced. */
export const addTraceId: MiddlewareHandler<TripoEnvironment> = createMiddleware<TripoEnvironment>(
  async (c, next) => {
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    await next();
    c.res.headers.set("x-tripo-trace-id", requestId);
    c.res.headers.set("x-request-id", requestId);
  },
);

/** Refuses requests without a key. Every key is good, and an account of its own. */
export const requireKey: MiddlewareHandler<TripoEnvironment> = createMiddleware<TripoEnvironment>(
  async (c, next) => {
    const [, key] = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "") ?? [];
    if (key === undefined) throw new TripoError("invalid_key");
    c.set("owner", key);
    await next();
  },
);
