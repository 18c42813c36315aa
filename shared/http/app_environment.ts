import type { Hono } from "hono";
import type { Log } from "../log.ts";

/** What every route finds in its context. */
export interface AppEnvironment {
  Variables: {
    readonly requestId: string;
    /** Writes under the request's id. */
    log: Log;
  };
}

export type App = Hono<AppEnvironment>;
