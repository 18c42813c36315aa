import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../tools/local/stack/folders.ts";
import { type FunctionName, settingsOf } from "../../tools/local/stack/function_settings.ts";
import type { DenoVersion } from "../../tools/local/stack/isolates/deno_version.ts";
import { createFunctionProgram } from "../../tools/local/stack/isolates/function_program.ts";
import { IsolatePool } from "../../tools/local/stack/isolates/isolate_pool.ts";
import { plans } from "../../tools/local/stack/isolates/rules.ts";
import { simulatedProviders } from "../../tools/local/stack/providers.ts";
import { stack } from "./stack.ts";

/** The platform's Deno packs answers, and the pool in between does not pass that on. */
export const PLAIN = { "Accept-Encoding": "identity" };

export interface FunctionsOnDenoOptions {
  readonly deno: DenoVersion;
  /** Of the first of them; the others follow in their order. */
  readonly port: number;
  readonly names: readonly FunctionName[];
  /** Over those of the stack. Without DATABASE_URL its database is reached directly. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface FunctionsOnDeno {
  /** Where a function answers: `/generation/health`. */
  urlOf(name: FunctionName): string;
  /** What a function has logged. */
  readLog(name: FunctionName): Promise<string>;
}

/** Functions in isolates beside those of the stack, on a Deno of one's choice, for the time of one test. */
export async function withFunctionsOnDeno(
  options: FunctionsOnDenoOptions,
  test: (functions: FunctionsOnDeno) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const pools = new Map<FunctionName, IsolatePool>();
  try {
    for (const [place, name] of options.names.entries()) {
      const pool = await createPool(options, name, options.port + place, folder);
      pools.set(name, pool);
      await pool.start();
    }
    await test({
      urlOf: (name) => `http://127.0.0.1:${options.port + options.names.indexOf(name)}/${name}`,
      readLog: (name) => Deno.readTextFile(join(folder, `${name}.log`)),
    });
  } finally {
    for (const pool of pools.values()) await pool.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function createPool(
  { deno, settings = {} }: FunctionsOnDenoOptions,
  name: FunctionName,
  port: number,
  folder: string,
): Promise<IsolatePool> {
  const { DATABASE_URL: database } = settings;
  const { names, env, hosts } = settingsOf(name, {
    ports: stack.ports,
    secrets: stack.secrets,
    overrides: {
      ...simulatedProviders({}, `http://127.0.0.1:${stack.ports.simulators}`),
      ...settings,
    },
  });
  return new IsolatePool({
    name,
    port,
    program: createFunctionProgram({
      ...{ name, settings: names, env, entry: await writeEntry(name, folder) },
      hosts: [...hosts, ...(database ? [new URL(database).host] : [])],
      deno: { ...deno, options: [...deno.options, "--config", join(repository, "deno.json")] },
    }),
    rules: plans.paid,
    host: { logFolder: folder, onSpawn: () => {} },
  });
}

async function writeEntry(name: FunctionName, folder: string): Promise<string> {
  const entry = join(folder, `${name}.ts`);
  const files = [
    "tools/local/stack/isolates/edge_runtime.ts",
    `supabase/functions/${name}/index.ts`,
  ];
  const imports = files.map((file) =>
    `import ${JSON.stringify(pathToFileURL(join(repository, file)).href)};\n`
  );
  await Deno.writeTextFile(entry, imports.join(""));
  return entry;
}
