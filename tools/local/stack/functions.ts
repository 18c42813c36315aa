import { join } from "node:path";
import { settings as generation } from "../../../supabase/functions/generation/settings.ts";
import { settings as tasksStatus } from "../../../supabase/functions/tasks-status/settings.ts";
import { settings as worker } from "../../../supabase/functions/worker/settings.ts";
import { databaseUrl } from "./database.ts";
import { repository } from "./folders.ts";
import { providerHosts } from "./providers.ts";
import { Service, type ServiceHost } from "./service.ts";
import type { Ports, Secrets } from "./settings.ts";
import { answers } from "./supabase_services.ts";

export interface FunctionsOptions {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly host: ServiceHost;
  /** Settings of the developer, over those of the stack: provider keys, models, buckets. */
  readonly overrides: Readonly<Record<string, string>>;
}

const settings = { generation, "tasks-status": tasksStatus, worker };

export type FunctionName = keyof typeof settings;

/** The three functions, each a process with the permissions it needs and no more. */
export function createFunctions(options: FunctionsOptions): Record<FunctionName, Service> {
  const { ports } = options;
  return {
    generation: createFunction("generation", ports.generation, options),
    "tasks-status": createFunction("tasks-status", ports.tasksStatus, options),
    worker: createFunction("worker", ports.worker, options),
  };
}

function createFunction(
  name: FunctionName,
  port: number,
  { ports, secrets, host, overrides }: FunctionsOptions,
): Service {
  const values = { ...stackValues(ports, secrets), ...overrides };
  const names = Object.keys(settings[name].shape);
  const env = Object.fromEntries(Object.entries(values).filter(([key]) => names.includes(key)));
  const hosts = [
    `127.0.0.1:${port}`,
    `127.0.0.1:${ports.database}`,
    `127.0.0.1:${ports.gateway}`,
    // Only the worker calls providers.
    ...(name === "worker" ? providerHosts(env) : []),
  ];
  return new Service({
    name,
    program: Deno.execPath(),
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-net=${hosts.join(",")}`,
      `--allow-env=${names.join(",")}`,
      // Libraries look for settings of their own; they are to find none, not to fail.
      "--ignore-env",
      // Else a newer Deno than the platform's prints a notice about requests' signals.
      "--unstable-no-legacy-abort",
      join(repository, "supabase/functions", name, "index.ts"),
    ],
    cwd: repository,
    env: { ...env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
    host,
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  });
}

/** What the platform gives a function, and what an operator sets. */
function stackValues(ports: Ports, secrets: Secrets): Record<string, string> {
  const database = databaseUrl(ports.database, secrets.databasePassword);
  return {
    SUPABASE_URL: `http://127.0.0.1:${ports.gateway}`,
    SUPABASE_DB_URL: database,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: secrets.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    SUPABASE_JWKS: JSON.stringify({ keys: [] }),
    JWT_SECRET: secrets.jwtSecret,
    WORKER_SECRET: secrets.workerSecret,
    // As on a paid plan, so that every operation can be tried.
    ISOLATE_SECONDS: "400",
    // A process of this machine is not ended at a fixed age as an isolate of the platform is.
    WORKER_BUDGET_SECONDS: String(365 * 24 * 60 * 60),
  };
}
