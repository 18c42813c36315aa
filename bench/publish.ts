import { join } from "node:path";
import { print } from "../tools/command_line.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { run } from "../tools/local/stack/run.ts";
import { readState } from "../tools/local/stack/state_file.ts";
import { benchmarksPage } from "./page.ts";
import { plot } from "./plot.ts";
import { type Results, results } from "./results.ts";
import { largeTables, standardTables } from "./tables.ts";

const folder = join(repository, "docs/benchmarks");
const resultsFile = join(folder, "results.json");
const pageFile = join(folder, "README.md");
const plotFile = join(folder, "results.svg");

/** Prints the tables of a run, and writes them in place of those of the same command before. */
export async function publish(latest: Results): Promise<void> {
  if (latest.standard) print(`\n${standardTables(latest.standard)}\n`);
  if (latest.large) print(`\n${largeTables(latest.large)}\n`);

  const all = { ...await readResults(), ...latest };
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(resultsFile, `${JSON.stringify(all, null, 2)}\n`);
  await Deno.writeTextFile(pageFile, benchmarksPage(all));
  if (all.standard) await Deno.writeTextFile(plotFile, plot(all.standard));
  await run(Deno.execPath(), ["fmt", "--quiet", folder], { cwd: repository });
  print(`Wrote ${folder}`);
}

/** What cannot be read any more must not cost what has just been measured. */
async function readResults(): Promise<Results> {
  return results.safeParse(await readState(resultsFile)).data ?? {};
}
