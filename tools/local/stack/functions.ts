import { join } from "node:path";
import { repository } from "./folders.ts";
import {
  type FunctionName,
  type FunctionSettingsOptions,
  settingsOf,
} from "./function_settings.ts";
import type { DenoVersion } from "./isolates/deno_version.ts";
import { ownDeno } from "./isolates/deno_version.ts";
import { createFunctionProgram } from "./isolates/function_program.ts";
import { IsolatePool } from "./isolates/isolate_pool.ts";
import { type IsolateRules, type Plan, plans } from "./isolates/rules.ts";
import { Service, type ServiceHost, type StackService } from "./service.ts";
import type { Ports } from "./settings.ts";
import { answers } from "./supabase_services.ts";

export interface FunctionOptions extends FunctionSettingsOptions {
  readonly host: ServiceHost;
}

export interface FunctionsOptions extends FunctionOptions {
  /** The plan of the platform under whose limits they live. */
  readonly plan: Plan;
}

/**
 * The three functions. The worker lives in isolates, as on the platform: it works on after its answer,
 * so the end of one is what it has to survive. The others have answered when they are done, and leave
 * nothing behind that an isolate could take with it: a process each stands for their isolates.
 */
export function createFunctions({ plan, ...given }: FunctionsOptions): readonly StackService[] {
  const rules = plans[plan];
  const overrides = { ISOLATE_SECONDS: String(rules.lifeSeconds), ...given.overrides };
  const options = { ...given, overrides };
  return [
    createFunction("generation", options),
    createFunction("tasks-status", options),
    createWorkerPool({ ...options, rules }),
  ];
}

const portNames = {
  generation: "generation",
  "tasks-status": "tasksStatus",
  worker: "worker",
} as const satisfies Record<FunctionName, keyof Ports>;

/** A function as one process, with the permissions it needs and no more. */
export function createFunction(name: FunctionName, options: FunctionOptions): Service {
  const port = options.ports[portNames[name]];
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
      join(repository, "supabase/functions", name, "index.ts"),
    ],
    cwd: repository,
    env: { ...env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
    host: options.host,
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  });
}

export interface WorkerPoolOptions extends FunctionOptions {
  readonly rules: IsolateRules;
  /** Default: the one that runs the stack. */
  readonly deno?: DenoVersion;
}

/** The worker in isolates, each a process with the permissions it needs and no more. */
export function createWorkerPool({ rules, deno, ...options }: WorkerPoolOptions): IsolatePool {
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
    rules,
    host: options.host,
  });
}
