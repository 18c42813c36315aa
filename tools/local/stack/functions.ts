import { join } from "node:path";
import { repository } from "./folders.ts";
import {
  type FunctionName,
  type FunctionSettingsOptions,
  settingsOf,
} from "./function_settings.ts";
import { type DenoVersion, ownDeno } from "./isolates/deno_version.ts";
import { createFunctionProgram } from "./isolates/function_program.ts";
import { IsolatePool } from "./isolates/isolate_pool.ts";
import { type IsolateRules, type Plan, plans } from "./isolates/rules.ts";
import { Service, type ServiceHost } from "./service.ts";
import type { Ports } from "./settings.ts";
import { answers } from "./supabase_services.ts";

export interface FunctionOptions extends FunctionSettingsOptions {
  readonly host: ServiceHost;
  /** Folder of the version whose source it is. Default: this one. */
  readonly checkout?: string;
}

/** What isolates live by. */
export interface IsolatesOptions {
  /** Default: `DEFAULT_PLAN`. */
  readonly plan?: Plan;
  /** Other rules than the plan's, for tests that cannot wait so long. The functions are not told. */
  readonly rules?: Partial<IsolateRules>;
  /** Default: the Deno that runs the stack. */
  readonly deno?: DenoVersion;
}

/**
 * A wake-up reaches the isolate that is warm until half of its life is over, 75 s of 150 s: on the Free
 * plan a call that needs more than the other half waits for the next isolate.
 */
const DEFAULT_PLAN: Plan = "paid";

export interface FunctionsOptions extends FunctionOptions {
  readonly isolates: IsolatesOptions;
}

export interface Functions {
  readonly account: Service;
  readonly generation: Service;
  readonly operator: Service;
  readonly tasksStatus: Service;
  readonly worker: IsolatePool;
}

/**
 * The functions. The worker lives in isolates, as on the platform: it works on after its answer,
 * so the end of one is what it has to survive. The others have answered when they are done, and leave
 * nothing behind that an isolate could take with it: a process each stands for their isolates.
 */
export function createFunctions({ isolates, ...given }: FunctionsOptions): Functions {
  const { lifeSeconds } = plans[isolates.plan ?? DEFAULT_PLAN];
  const options = {
    ...given,
    overrides: { ISOLATE_SECONDS: String(lifeSeconds), ...given.overrides },
  };
  return {
    account: createFunction("account", options),
    generation: createFunction("generation", options),
    operator: createFunction("operator", options),
    tasksStatus: createFunction("tasks-status", options),
    worker: createWorkerPool(isolates, options),
  };
}

const portNames = {
  account: "account",
  generation: "generation",
  operator: "operator",
  "tasks-status": "tasksStatus",
  worker: "worker",
} as const satisfies Record<FunctionName, keyof Ports>;

/** A function as one process, with the permissions it needs and no more. */
export function createFunction(name: FunctionName, options: FunctionOptions): Service {
  const port = options.ports[portNames[name]];
  const { checkout = repository } = options;
  const { names, env, hosts } = settingsOf(name, options);
  return new Service({
    name,
    program: ownDeno.program,
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-net=${[`127.0.0.1:${port}`, ...hosts].join(",")}`,
      ...ownDeno.allowEnv(names),
      ...ownDeno.options,
      join(checkout, "supabase/functions", name, "index.ts"),
    ],
    cwd: checkout,
    env: { ...env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
    host: options.host,
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  });
}

/** The worker in isolates, each a process with the permissions it needs and no more. */
export function createWorkerPool(
  { plan = DEFAULT_PLAN, rules, deno }: IsolatesOptions,
  options: FunctionOptions,
): IsolatePool {
  const { names, env, hosts } = settingsOf("worker", options);
  return new IsolatePool({
    name: "worker",
    port: options.ports.worker,
    program: createFunctionProgram({
      name: "worker",
      settings: names,
      env,
      hosts,
      ...(deno && { deno }),
    }),
    rules: { ...plans[plan], ...rules },
    host: options.host,
  });
}
