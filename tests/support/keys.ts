import assert from "node:assert/strict";
import { DevProcess } from "./dev_process.ts";
import { stack } from "./stack.ts";

/** Runs `deno task keys` to its good end; returns what it printed. */
export async function keysTask(...args: string[]): Promise<string> {
  const process = new DevProcess("keys", [...args, "--port", String(stack.ports.gateway)]);
  assert.equal(await process.end(), 0, process.printed);
  return process.printed;
}

/** Creates a key as an operator does. */
export async function createKey(...options: string[]): Promise<string> {
  const printed = await keysTask("create", "--client", "Test", "--environment", "test", ...options);
  const [key] = printed.match(/m3d_test_\w+/) ?? [];
  assert.ok(key, printed);
  return key;
}
