/**
 * All simulated providers and their control routes in one app.
 *
 * @module
 */
import { Hono } from "hono";
import { sleep } from "../shared/sleep.ts";
import { hideControl, refuseOtherPages } from "./control_access.ts";
import { createControlApp } from "./control.ts";
import { FaultQueue } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { providerSimulators } from "./providers.ts";
import type { SimulatorContext, Wait } from "./simulator.ts";

export interface SimulatorOptions {
  /** Delay of a successful billable answer, in milliseconds. */
  readonly latencyMs: number;
  /**
   * The clock that dates purchases and retires models. Default: the system's.
   */
  readonly now?: () => Date;
  /** How a delay passes. Default: a timer. */
  readonly wait?: Wait;
  /** How many images an account of OpenAI may have made a minute. Default: any number. */
  readonly openaiImagesPerMinute?: number | undefined;
}

/**
 * Builds the app that serves every provider of the registry under its own
 * prefix, next to the routes of `control.ts`. Each app has a ledger and faults
 * of its own.
 */
export function createSimulatorApp({
  latencyMs,
  now = (): Date => new Date(),
  wait = sleep,
  openaiImagesPerMinute,
}: SimulatorOptions): Hono {
  const context: SimulatorContext = {
    ledger: new Ledger(now),
    faults: new FaultQueue(),
    latencyMs,
    now,
    wait,
    openaiImagesPerMinute,
  };
  const app = new Hono();
  const headers = new Set<string>();
  app.use(hideControl);
  app.use(refuseOtherPages);
  app.route("/", createControlApp({ ...context, headers }, providerSimulators));
  for (const simulator of providerSimulators) {
    app.use(`/${simulator.name}/*`, async (c, next) => {
      for (const name of c.req.raw.headers.keys()) headers.add(name);
      await next();
    });
    app.route(`/${simulator.name}`, simulator.createApp(context));
  }
  return app;
}
