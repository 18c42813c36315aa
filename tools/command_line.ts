import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import type { Command, Given } from "./commands/command.ts";
import { helpOf } from "./commands/help.ts";
import { asksForHelp, readArguments, UsageError } from "./commands/read.ts";
import { repository } from "./local/stack/folders.ts";
import { portsFrom } from "./local/stack/settings.ts";

/** The Supabase CLI's port, so that apps need no change between the two. */
export const DEFAULT_PORT = 54321;
/** The stack takes this many ports in a row. */
const PORT_COUNT = Object.keys(portsFrom(DEFAULT_PORT)).length;

/** Reads `--port`; undefined, where it was not given. Throws an error that says what is possible. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_536 - PORT_COUNT) return port;
  throw new Error(`--port must be a whole number from 1024 to ${65_536 - PORT_COUNT}: ${text}`);
}

/** The developer's own settings: the file `.env` of the repository, if there is one. */
export function readEnvFile(): Record<string, string> {
  try {
    const values: Record<string, string | undefined> = parseEnv(
      Deno.readTextFileSync(join(repository, ".env")),
    );
    return Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** How this person starts a task: with a Deno of their own, or the one of the npm registry. */
export function taskCommand(task: string): string {
  const isFromNpm = Deno.execPath().includes("node_modules");
  return `${isFromNpm ? `npx -y --prefer-offline deno@${Deno.version.deno}` : "deno"} task ${task}`;
}

/** The same for the stack that this command was told of by `--port`: what it recommends works there. */
export function sameStackCommand(task: string, args: readonly string[] = Deno.args): string {
  const options = { port: { type: "string" } } as const;
  const { values: { port } } = parseArgs({ args: [...args], options, strict: false });
  return `${taskCommand(task)}${port === undefined ? "" : ` --port ${port}`}`;
}

/** As Deno, Postgres and the system put it. */
const FULL_DISK = /No space left on device|ENOSPC/;

/**
 * Runs a command with what a person typed, or prints its help; a failure is told in words, without a
 * stack.
 *
 * @param failureCode The exit code then; another one where 1 has a meaning of its own.
 */
export async function main<C extends Command>(
  command: C,
  work: (given: Given<C>) => Promise<void>,
  failureCode = 1,
): Promise<void> {
  const call = taskCommand(command.name);
  if (asksForHelp(Deno.args)) return print(helpOf(command, call));
  await tellFailures(async () => {
    await work(readArguments(command, Deno.args));
  }, { failureCode, call });
}

/** Does the work of a program; a failure is told in words, and ends it. */
export async function tellFailures(
  work: () => Promise<void>,
  { failureCode = 1, call = "" } = {},
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    printError(message);
    if (error instanceof UsageError) printError(`What there is: ${call} --help`);
    if (FULL_DISK.test(message)) printError("The disk is full: free some space and start again.");
    Deno.exit(failureCode);
  }
}

/** Prints a line for the person at the terminal. */
export function print(line = ""): void {
  writeAll(Deno.stdout, `${line}\n`);
}

export function printError(line: string): void {
  writeAll(Deno.stderr, `${line}\n`);
}

/** A terminal may take less at once than it is given. */
export function writeAll(output: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(output.writeSync(bytes));
}
