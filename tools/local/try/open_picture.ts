import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { print } from "../../command_line.ts";
import { openerOf } from "./opener.ts";

/**
 * Opens a picture on the desktop, where there is one, and does not wait for the program that shows it:
 * some end when they are closed only. A failure is a line, and nothing more.
 */
export async function openPicture(file: string): Promise<void> {
  const opener = openerOf(file, {
    os: Deno.build.os,
    env: process.env,
    isTerminal: Deno.stdout.isTerminal(),
  });
  if (!opener) return;
  const [program, ...args] = opener;
  try {
    // On its own: a Ctrl-C in the terminal is not for the picture.
    const child = spawn(program, args, { stdio: "ignore", detached: true });
    await once(child, "spawn");
    child.unref();
    print(`Opened with ${program}; --no-open leaves that out`);
  } catch (error) {
    print(`Cannot open it here: ${error instanceof Error ? error.message : error}`);
  }
}
