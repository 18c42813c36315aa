import type { DenoVersion } from "../../tools/local/stack/isolates/deno_version.ts";
import { createWorkerPool } from "../../tools/local/stack/functions.ts";
import type { IsolatePool } from "../../tools/local/stack/isolates/isolate_pool.ts";
import type { IsolateRules, Plan } from "../../tools/local/stack/isolates/rules.ts";
import { simulatedProviders } from "../../tools/local/stack/providers.ts";
import type { Ports, Secrets } from "../../tools/local/stack/settings.ts";

export interface WorkerIsolatesOptions {
  /** Where they are woken, directly: `http://127.0.0.1:PORT/worker`. */
  readonly port: number;
  /** Default: as the stack's. */
  readonly plan?: Plan;
  /**
   * Other rules than the plan's, for a test that cannot wait 150 s. The worker goes on to believe in
   * the plan's life, or in `ISOLATE_SECONDS` of `settings`: a call is not begun that does not fit it.
   */
  readonly rules?: Partial<IsolateRules>;
  /** Default: the Deno that runs the stack; `hostedDeno(…)` is that of the platform. */
  readonly deno?: DenoVersion;
  /** Of the worker, over those of the stack. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts isolates of the worker beside a running stack, whose own are another pool: what the worker
 * asks the platform for, by the gateway, reaches that one. `stop()` ends all of them.
 */
export async function startWorkerIsolates(
  stack: { readonly ports: Ports; readonly secrets: Secrets; readonly folder: string },
  { port, settings, ...isolates }: WorkerIsolatesOptions,
): Promise<IsolatePool> {
  const logFolder = `${stack.folder}/logs/worker-${port}`;
  await Deno.mkdir(logFolder, { recursive: true });
  const pool = createWorkerPool(isolates, {
    ports: { ...stack.ports, worker: port },
    secrets: stack.secrets,
    host: { logFolder, onSpawn: () => {} },
    overrides: {
      ...simulatedProviders({}, `http://127.0.0.1:${stack.ports.simulators}`),
      ...settings,
    },
  });
  await pool.start();
  return pool;
}
