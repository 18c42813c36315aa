import { type Context, Hono } from "hono";
import { z } from "zod";
import { faultSchema } from "../../../../simulators/faults.ts";
import type { KilledBody, RestartedBody } from "./bodies.ts";
import { readCalls } from "./calls.ts";
import { SimulatorsControl } from "./simulators_control.ts";

/** What can be broken of a stack beside the simulated services. */
export interface Breakable {
  /** Kills all isolates of the worker that run; returns how many. */
  killWorker(): number;
  /** Restarts the database; returns when it takes connections again. */
  restartPostgres(): Promise<void>;
}

export interface ControlOptions {
  readonly simulatorsUrl: string;
  readonly databaseUrl: string;
  readonly breakable: Breakable;
  /** Names of the providers that are not simulated. */
  readonly realProviders: readonly string[];
}

/** Of a route that needs no more than to be asked. */
const nothing = z.strictObject({});

/**
 * The control routes of the gateway (see `bodies.ts`), for a page that shows faults and what they cost.
 * Whoever serves them puts `hideControl` and `refuseOtherPages` before.
 */
export function createControl(
  { simulatorsUrl, databaseUrl, breakable, realProviders }: ControlOptions,
): Hono {
  const simulators = new SimulatorsControl(simulatorsUrl);
  const app = new Hono();
  app.get("/_calls", async (c) => c.json(await readCalls(simulators, databaseUrl)));
  app.get("/_faults", async (c) => c.json(await simulators.readFaults(realProviders)));
  app.post("/_faults", async (c) => {
    const fault = await readBody(c, faultSchema);
    if (fault instanceof Response) return fault;
    const refusal = await simulators.order(fault);
    return refusal ? c.json(refusal, 400) : c.json(fault, 201);
  });
  app.delete("/_faults", async (c) => {
    await simulators.clearFaults();
    return c.body(null, 204);
  });
  app.post("/_worker/kill", async (c) => {
    const body = await readBody(c, nothing);
    if (body instanceof Response) return body;
    return c.json<KilledBody>({ killed: breakable.killWorker() });
  });
  app.post("/_postgres/restart", async (c) => {
    const body = await readBody(c, nothing);
    if (body instanceof Response) return body;
    const start = performance.now();
    await breakable.restartPostgres();
    const milliseconds = Math.round(performance.now() - start);
    return c.json<RestartedBody>({ restarted: true, milliseconds });
  });
  app.onError((error, c) => c.json({ message: error.message }, 503));
  return app;
}

/** The body, or the refusal of it, which names the field. */
async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema> | Response> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = unknown ?? (issue?.path.join(".") || "body");
  return c.json({ field, message: issue?.message ?? "Invalid body" }, 400);
}
