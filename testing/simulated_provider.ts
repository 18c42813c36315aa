import type { Hono } from "hono";
import assert from "node:assert/strict";
import type { OperationId } from "../shared/contract/operations.ts";
import type {
  Adapter,
  CallContext,
  Progress,
  Running,
  Succeeded,
} from "../shared/providers/adapter.ts";
import { createAdapters } from "../shared/providers/adapters.ts";
import { type ProviderId, providers } from "../shared/providers/catalog.ts";
import type { Provider } from "../shared/providers/provider_operation.ts";
import { simulatedBaseUrl } from "../simulators/base_url.ts";
import { createTestApp, TestClock } from "../simulators/testing.ts";
import { aCallContext } from "./call_context.ts";
import { withServer } from "./serve.ts";

/** Good for every simulated provider, and easy to find where it must not be. */
export const API_KEY = "sk-simulated-key-of-ours";

/** The real adapter of a provider that is simulated at an address. */
export function adapterAt(id: ProviderId, address: string, model?: string): Adapter {
  const { model: choice }: Provider = providers[id];
  const chosen = model ?? choice?.default ?? "";
  const baseUrl = simulatedBaseUrl(id, providers[id].baseUrl, address);
  const adapter = createAdapters({ [id]: { apiKey: API_KEY, baseUrl, model: chosen } }).get(id);
  assert.ok(adapter);
  return adapter;
}

export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Whether it says who we are. */
  readonly carriesKey: boolean;
}

export interface Simulation {
  /** For its ledger and its faults. */
  readonly app: Hono;
  readonly address: string;
  readonly adapter: Adapter;
  /** Stands still until it is told. */
  readonly clock: TestClock;
  /** Whatever came in, in order. */
  readonly seen: readonly SeenRequest[];
}

export interface SimulationOptions {
  readonly model?: string | undefined;
  /** How long a job takes; 0 unless told. */
  readonly jobSeconds?: number | undefined;
  /** Told of every request that has come so far that a fault may hold it. */
  readonly onWait?: () => void;
  /** What answers instead of the provider; undefined: the provider itself. */
  readonly intercept?: (request: Request) => Response | undefined;
}

/** The real adapter and the simulated provider it speaks to, for the time of one test. */
export async function withProvider(
  id: ProviderId,
  { model, jobSeconds = 0, onWait, intercept }: SimulationOptions,
  test: (simulation: Simulation) => Promise<void>,
): Promise<void> {
  const clock = new TestClock();
  const wait = (): Promise<void> => Promise.resolve(onWait?.());
  const app = createTestApp({ now: clock.now, wait, latencyMs: jobSeconds * 1_000 });
  const seen: SeenRequest[] = [];
  // What a fault holds for ever must not hold up the end of the test.
  const ended = Promise.withResolvers<Response>();
  const answer = async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    const carriesKey = [...headers.values()].some((value) => value.includes(API_KEY));
    seen.push({ method, path: new URL(url).pathname, carriesKey });
    return intercept?.(request) ?? await Promise.race([app.fetch(request), ended.promise]);
  };
  await withServer(answer, async (address) => {
    const adapter = adapterAt(id, address, model);
    try {
      await test({ app, address, adapter, clock, seen });
    } finally {
      ended.resolve(new Response());
    }
  });
}

/** Asks the provider to do something. */
export async function submit(
  adapter: Adapter,
  operation: OperationId,
  parameters: Readonly<Record<string, unknown>>,
  changes: Partial<CallContext> = {},
): Promise<Progress> {
  const call = adapter.submit[operation];
  assert.ok(call, `No call for ${operation}`);
  return await call(parameters, aCallContext(changes));
}

/** Asks how far accepted work is. */
export async function poll(
  adapter: Adapter,
  { handle }: Pick<Running, "handle">,
  ageSeconds = 0,
): Promise<Progress> {
  assert.ok(adapter.poll, "Nothing to poll");
  return await adapter.poll(handle, { ageSeconds, signal: new AbortController().signal });
}

export function running(progress: Progress): Running {
  assert.equal(progress.state, "running");
  return progress;
}

export function succeeded(progress: Progress): Succeeded {
  assert.equal(progress.state, "succeeded");
  return progress;
}
