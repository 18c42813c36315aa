import { join } from "node:path";
import { repository } from "../folders.ts";
import { type DenoVersion, ownDeno } from "./deno_version.ts";
import type { FunctionProgram } from "./isolate_process.ts";

export interface FunctionOptions {
  /** Its folder in `functions/` here. */
  readonly name: string;
  /** Host and port of all that it may call. */
  readonly hosts: readonly string[];
  /** All settings that it reads, whether they are set or not. */
  readonly settings: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Default: the one that runs the stack. */
  readonly deno?: DenoVersion;
  /** What to run instead of the source: it must load edge_runtime.ts first. */
  readonly entry?: string;
}

/** How to run a function in isolates, with the permissions it needs and no more. */
export function createFunctionProgram(
  { name, hosts, settings, env, deno = ownDeno, entry }: FunctionOptions,
): FunctionProgram {
  return {
    program: deno.program,
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      // Where it listens is left to the system.
      `--allow-net=${["127.0.0.1:0", ...hosts].join(",")}`,
      ...deno.allowEnv(settings),
      ...deno.options,
      entry ?? join(repository, "tools/local/stack/isolates/functions", name, "index.ts"),
    ],
    cwd: repository,
    env,
  };
}
