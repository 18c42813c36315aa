/**
 * By hand, on a running stack: what becomes of an app of this client, of fal's and of Replicate's when
 * it is killed, cut off and canceled. Their services are simulated, from their documentation. Prints
 * the lines of each program, and for each case what was bought and what the app said.
 * `TEST_PORT=54321 deno run --allow-all tests/soak/peers/main.ts [program…]`
 */
import { join } from "node:path";
import { packClient } from "../../../tools/client/pack_client.ts";
import { print, tellFailures } from "../../../tools/command_line.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installNode } from "../../sdks/packages.ts";
import { App, countLines } from "./app.ts";
import { type Attempt, observe, troubles } from "./troubles.ts";
import { startFal } from "./fal_service.ts";
import { findStack } from "./makeit3d_service.ts";
import { startReplicate } from "./replicate_service.ts";
import type { Service } from "./service.ts";
import manifest from "./apps/package.json" with { type: "json" };

const versions = Object.entries(manifest.dependencies).map((pair) => pair.join(" ")).join(", ");
const here = new URL(".", import.meta.url).pathname;

/** Programs as the services' own pages begin, and such that keep what they need to go on. */
const PROGRAMS: Readonly<Record<string, () => Service>> = {
  makeit3d: findStack,
  makeit3d_kept: findStack,
  fal: startFal,
  fal_kept: startFal,
  replicate: startReplicate,
  replicate_kept: startReplicate,
};

await tellFailures(async () => {
  const folder = await Deno.makeTempDir();
  try {
    const names = Deno.args.length > 0 ? Deno.args : Object.keys(PROGRAMS);
    await install(folder);
    print(`With ${versions}`);
    await tellTypes(folder);
    // The stack's service is slow for all at once, so its programs take turns.
    const groups = Map.groupBy(names, (name) => PROGRAMS[name]);
    await Promise.all([...groups.values()].map(async (group) => {
      for (const name of group) await tellProgram(folder, name);
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The programs, with their packages as npm has them, and this client's as it is packed. */
async function install(folder: string): Promise<void> {
  for (const part of ["apps", "types"]) {
    for (const { name, isFile } of Deno.readDirSync(join(here, part))) {
      if (isFile) await Deno.copyFile(join(here, part, name), join(folder, name));
    }
  }
  await run("npm", ["ci", "--no-audit", "--no-fund", "--silent"], { cwd: folder });
  const { folder: built } = await packClient(join(folder, "built"));
  await Deno.mkdir(join(folder, "node_modules/@makeit3d"), { recursive: true });
  await Deno.rename(built, join(folder, "node_modules/@makeit3d/client"));
}

/** Whether a parameter that does not exist compiles. */
async function tellTypes(folder: string): Promise<void> {
  for (const name of ["makeit3d", "fal", "replicate"]) {
    const args = ["check", "--quiet", "--no-lock", "--node-modules-dir=manual", `${name}.ts`];
    const compiles = await run(Deno.execPath(), args, { cwd: folder })
      .then(() => "compiles", (error: Error) => firstError(error));
    print(`${name}: a parameter that does not exist: ${compiles}`);
  }
}

function firstError({ message }: Error): string {
  return /TS\d+.*/.exec(message)?.[0] ?? message;
}

async function tellProgram(folder: string, name: string): Promise<void> {
  const service = PROGRAMS[name]?.();
  if (!service) throw new Error(`No such program: ${name}. There are ${Object.keys(PROGRAMS)}`);
  const node = await installNode(22);
  const lines = [`\n${name}: ${await countLines(folder, name)} lines`];
  try {
    for (const [title, trouble] of Object.entries(troubles)) {
      const id = crypto.randomUUID();
      const start = async (origin: string, prompt: string) => {
        const env = await service.environmentBy(origin);
        return new App({ node, folder, name, env, prompt, kept: `kept-${id}` });
      };
      const attempt: Attempt = { service, prompt: `A hat ${id}`, start };
      const { bought, canceled, said } = await observe(attempt, trouble);
      lines.push(`  ${title}: ${bought} bought, ${canceled} canceled; ${said.join("; again: ")}`);
    }
  } finally {
    await service.end();
    print(lines.join("\n"));
  }
}
