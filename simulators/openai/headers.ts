/**
 * What every request to the OpenAI API must carry, and every answer carries.
 *
 * Sources: https://developers.openai.com/api/docs/guides/rate-limits and
 * https://developers.openai.com/api/docs/guides/error-codes
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { OpenAiError } from "./errors.ts";

export interface OpenAiEnvironment {
  Variables: { requestId: string };
}

const quietHeaders = {
  "openai-organization": "simulated-organization",
  "openai-version": "2020-10-01",
  "x-ratelimit-limit-requests": "500",
  "x-ratelimit-remaining-requests": "499",
  "x-ratelimit-reset-requests": "120ms",
  "x-ratelimit-limit-tokens": "800000",
  "x-ratelimit-remaining-tokens": "799000",
  "x-ratelimit-reset-tokens": "75ms",
};

/**
 * Gives each request an id, and each answer the headers it does not set itself.
 */
export function addHeaders(now: () => Date): MiddlewareHandler<OpenAiEnvironment> {
  return createMiddleware<OpenAiEnvironment>(async (c, next) => {
    const requestId = `req_${crypto.randomUUID().replaceAll("-", "")}`;
    const startedAt = now().getTime();
    c.set("requestId", requestId);
    await next();
    const headers = {
      ...quietHeaders,
      "x-request-id": requestId,
      "openai-processing-ms": String(now().getTime() - startedAt),
    };
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  });
}

/** Refuses requests without a key. Every key that looks like one is good. */
export const requireKey: MiddlewareHandler<OpenAiEnvironment> = createMiddleware<OpenAiEnvironment>(
  async (c, next) => {
    const authorization = c.req.header("authorization") ?? "";
    if (!/^Bearer sk-\S+$/.test(authorization)) {
      // The real message repeats part of the key; this one must not reach a log
      // with it.
      throw new OpenAiError("invalid_api_key", "Incorrect API key provided.");
    }
    await next();
  },
);
