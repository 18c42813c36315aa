import { isOneOfSecrets } from "../../../shared/auth/secret.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import { inTrace } from "../../../shared/current_trace.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import type { Log } from "../../../shared/log.ts";

export interface WorkerDependencies {
  readonly log: Log;
  /** Any of them opens; several while one takes the place of another. */
  readonly secrets: readonly string[];
  /** Starts draining in the background, or tells a drain under way that there is more. */
  wake(): void;
}

/** `POST /worker`: answered at once, because callers must not wait for the work. */
export function createWorkerApp({ log, secrets, wake }: WorkerDependencies): App {
  // Woken every few seconds for the most part for nothing: what it does is logged by the drain.
  // Nothing in a browser calls it.
  const app = createApp({ log, logRequests: false, corsOrigins: [] });
  app.post("/worker", (c) => {
    if (!isOneOfSecrets(c.req.header("apikey") ?? "", secrets)) {
      throw new ApiError("unauthorized", "Missing or invalid worker secret");
    }
    // What follows is work of many requests: each task has the trace of its own submit.
    inTrace(undefined, wake);
    return c.json({ status: "awake" }, 202);
  });
  refuseOtherMethods(app, "/worker", "POST");
  return app;
}
