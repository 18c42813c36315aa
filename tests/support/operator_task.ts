import assert from "node:assert/strict";
import { DevProcess } from "./dev_process.ts";
import { stack } from "./stack.ts";

/** Runs an operator's command of `deno.json` to its good end; returns what it printed. */
export async function operatorTask(task: string, ...args: string[]): Promise<string> {
  return await operatorTaskEnding(0, task, ...args);
}

/** The same with another end. */
export async function operatorTaskEnding(
  code: number,
  task: string,
  ...args: string[]
): Promise<string> {
  const process = new DevProcess(task, [...args, "--port", String(stack.ports.gateway)]);
  assert.equal(await process.end(), code, process.printed);
  return process.printed;
}
