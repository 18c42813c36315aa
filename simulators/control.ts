/**
 * The routes by which tests and people steer the simulators. Their names begin
 * with an underscore, so that no provider's prefix can collide with them.
 *
 * @module
 */
import { Hono } from "hono";
import { type Fault, faultKinds, faultSchema } from "./faults.ts";
import type { ProviderSimulator, SimulatorContext } from "./simulator.ts";

interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What the control routes show and change. */
export interface Controlled extends Pick<SimulatorContext, "ledger" | "faults"> {
  /** Names of all headers that providers were ever sent. */
  readonly headers: ReadonlySet<string>;
}

/** Builds the app with `/_health`, `/_calls`, `/_headers` and `/_faults`. */
export function createControlApp(
  { ledger, faults, headers }: Controlled,
  simulators: readonly ProviderSimulator[],
): Hono {
  const app = new Hono();
  app.get("/_health", (c) => c.json({ status: "ok" }));

  app.get("/_calls", (c) => c.json({ calls: ledger.list() }));
  app.delete("/_calls", (c) => {
    ledger.clear();
    return c.body(null, 204);
  });

  app.get("/_headers", (c) => c.json({ headers: [...headers].sort() }));

  app.get("/_faults", (c) => c.json({ faults: faults.list() }));
  app.get("/_faults/possible", (c) =>
    c.json({
      kinds: Object.entries(faultKinds).map(([kind, { billed }]) => ({ kind, billed })),
      providers: simulators.map(({ name, operations, freeOperations = [] }) => ({
        name,
        operations: [...operations, ...freeOperations],
      })),
    }));
  app.post("/_faults", async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    const result = parseFault(body, simulators);
    if ("error" in result) return c.json({ error: result.error }, 400);
    faults.add(result.fault);
    return c.json(result.fault, 201);
  });
  app.delete("/_faults", (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  return app;
}

function parseFault(
  body: unknown,
  simulators: readonly ProviderSimulator[],
): { fault: Fault } | { error: FieldError } {
  const parsed = faultSchema.safeParse(body);
  if (!parsed.success) return { error: firstFieldError(parsed.error.issues) };
  const fault = parsed.data;
  const simulator = simulators.find(({ name }) => name === fault.provider);
  if (simulator === undefined) {
    return {
      error: expectOneOf(
        "provider",
        simulators.map(({ name }) => name),
      ),
    };
  }
  const operations = [...simulator.operations, ...(simulator.freeOperations ?? [])];
  if (fault.operation !== undefined && !operations.includes(fault.operation)) {
    return { error: expectOneOf("operation", operations) };
  }
  return { fault };
}

function expectOneOf(field: string, names: readonly string[]): FieldError {
  return { field, message: `Expected one of ${names.join(", ")}` };
}

type Issues = NonNullable<ReturnType<typeof faultSchema.safeParse>["error"]>["issues"];

function firstFieldError(issues: Issues): FieldError {
  const issue = issues[0];
  const unknownKey = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return {
    field: unknownKey ?? (issue?.path.join(".") || "body"),
    message: issue?.message ?? "Invalid body",
  };
}
