/** `deno task logs`: what functions and services of the local stack have logged, for people. */
import { setTimeout } from "node:timers/promises";
import { join } from "node:path";
import { DEFAULT_PORT, main, print, readPort } from "../command_line.ts";
import { logs } from "../commands/local_commands.ts";
import { closest } from "fastest-levenshtein";
import { readWhole } from "../operate/amounts.ts";
import { formatEntry, type LogEntry } from "./logs/entry.ts";
import { LogFile } from "./logs/log_file.ts";
import { createFilter } from "./logs/filter.ts";
import { foldersOf } from "./stack/folders.ts";

const USUAL_LINES = "50";
const POLL_MILLISECONDS = 300;

await main(logs, async ({ operands: [id], values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const lines = values.lines ?? (id === undefined ? USUAL_LINES : undefined);
  const count = lines === undefined ? Infinity : readWhole("--lines", lines, 0);
  const folder = join(foldersOf(port).stack, "logs");
  const files = openFiles(folder, values.service ?? [], port);
  const belongs = createFilter({ id, polls: values.polls });

  const all = await readNew(files);
  const entries = all.filter(belongs);
  if (entries.length === 0 && !values.follow) {
    if (id === undefined) return print("Nothing was logged");
    throw new Error(nothingOf(id, all));
  }
  show(count === 0 ? [] : entries.slice(-count));
  while (values.follow) {
    await setTimeout(POLL_MILLISECONDS);
    show((await readNew(files)).filter(belongs));
  }
});

/** Why there is nothing to show of an id. */
function nothingOf(id: string, entries: readonly LogEntry[]): string {
  if (entries.some(createFilter({ id, polls: true }))) {
    return `Only reads of its status name ${id}: --polls shows them`;
  }
  return `No line names ${id}: it must be the id of a task (celery_task_id) or of a request of ` +
    "this stack";
}

function openFiles(folder: string, services: readonly string[], port: number): LogFile[] {
  const names = namesIn(folder);
  if (names.length === 0) throw new Error(`There are no logs of a stack on port ${port}`);
  const unknown = services.find((service) => !names.includes(service));
  if (unknown !== undefined) {
    throw new Error(
      `No service ${unknown}; did you mean ${closest(unknown, names)}? ` +
        `There are ${names.join(", ")}`,
    );
  }
  return (services.length > 0 ? services : names)
    .map((name) => new LogFile(name, join(folder, `${name}.log`)));
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name }) =>
      name.endsWith(".log") ? [name.slice(0, -".log".length)] : []
    ).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** What all have logged since they were read last, in its order. */
async function readNew(files: readonly LogFile[]): Promise<LogEntry[]> {
  const entries = (await Promise.all(files.map((file) => file.readNew()))).flat();
  return entries.sort((a, b) => a.time - b.time);
}

function show(entries: readonly LogEntry[]): void {
  for (const entry of entries) print(formatEntry(entry));
}
