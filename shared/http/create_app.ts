import { Hono, type MiddlewareHandler } from "hono";
import { requestId } from "hono/request-id";
import { ApiError } from "../contract/errors.ts";
import { excerpt } from "../contract/excerpt.ts";
import { inTrace } from "../current_trace.ts";
import type { Log } from "../log.ts";
import type { App, AppEnvironment } from "./app_environment.ts";
import { allowOtherOrigins } from "./cross_origin.ts";
import { handleError } from "./error_response.ts";

export interface AppOptions {
  readonly log: Log;
  /** Whether each request gets a line. Default: true. */
  readonly logRequests?: boolean;
  /** Web pages whose browsers may read the answers; `*` for all. */
  readonly corsOrigins: readonly string[];
}

/**
 * An app with what all functions share: a request id, the trace of the caller, a log line for each
 * request, CORS, errors in the API's one envelope, 404 and 405 among them.
 */
export function createApp({ log, logRequests = true, corsOrigins }: AppOptions): App {
  const app = new Hono<AppEnvironment>();
  app.use(followTrace);
  app.use(requestId());
  app.use(logRequest(log, logRequests));
  app.use(forbidCaching);
  app.use(allowOtherOrigins(corsOrigins));
  app.onError(handleError);
  // Answered, not thrown: a throw here would end the middleware before it has set its headers.
  app.notFound((c) =>
    handleError(new ApiError("not_found", `Nothing at ${excerpt(c.req.path)}`), c)
  );
  return app;
}

function logRequest(log: Log, writesLine: boolean): MiddlewareHandler<AppEnvironment> {
  return async function logRequest(c, next) {
    c.set("log", log.with({ request_id: c.get("requestId") }));
    const start = performance.now();
    await next();
    if (!writesLine) return;
    c.get("log").info("request", {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      milliseconds: Math.round(performance.now() - start),
    });
  };
}

/** First, so that what the others log is in the trace, too. */
const followTrace: MiddlewareHandler<AppEnvironment> = (c, next) =>
  inTrace(c.req.header("traceparent"), next);

/** Responses are private to one user: no caching. They are JSON: no sniffing. */
const forbidCaching: MiddlewareHandler<AppEnvironment> = async (c, next) => {
  c.header("Cache-Control", "no-store");
  c.header("X-Content-Type-Options", "nosniff");
  await next();
};

/** For a path that exists with another method. Add it after the route. */
export function refuseOtherMethods(app: App, path: string, allowed: string): void {
  app.all(path, (c) => {
    c.header("Allow", allowed);
    throw new ApiError(
      "method_not_allowed",
      `${c.req.method} is not possible here; use ${allowed}`,
    );
  });
}
