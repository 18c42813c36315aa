import { isIP } from "node:net";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { repository } from "./local/stack/folders.ts";
import type { Reach } from "./local/stack/reach.ts";
import { portsFrom } from "./local/stack/settings.ts";

/** The Supabase CLI's port, so that apps need no change between the two. */
export const DEFAULT_PORT = 54321;
/** The stack takes this many ports in a row. */
const PORT_COUNT = Object.keys(portsFrom(DEFAULT_PORT)).length;

export interface CommandLine {
  readonly port: number;
  readonly fresh: boolean;
  readonly reach: Reach;
}

/** Reads the options of the local stack. Throws an error that says what is possible. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      fresh: { type: "boolean", default: false },
      host: { type: "string" },
      "public-url": { type: "string" },
    },
  });
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1024 || port > 65_536 - PORT_COUNT) {
    throw new Error(
      `--port must be a whole number from 1024 to ${65_536 - PORT_COUNT}: ${values.port}`,
    );
  }
  return { port, fresh: values.fresh, reach: readReach(values.host, values["public-url"]) };
}

/** @param publicUrl Without a path: those of the services follow it. */
function readReach(host: string | undefined, publicUrl: string | undefined): Reach {
  if (host !== undefined && isIP(host) === 0) {
    throw new Error(`--host must be an address of this machine, or 0.0.0.0 for all: ${host}`);
  }
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#@\s]+\/?$/.test(publicUrl)) {
    throw new Error(`--public-url must be like http://192.168.1.5:54321: ${publicUrl}`);
  }
  return { host, publicUrl: publicUrl?.replace(/\/$/, "") };
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
  return `${isFromNpm ? `npx -y deno@${Deno.version.deno}` : "deno"} task ${task}`;
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
 * Runs a command of this folder; a failure is told in words, without a stack.
 *
 * @param failureCode The exit code then; another one where 1 has a meaning of its own.
 */
export async function main(command: () => Promise<void>, failureCode = 1): Promise<void> {
  try {
    await command();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    printError(message);
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
