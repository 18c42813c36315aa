import assert from "node:assert/strict";
import { operatorTask } from "./operator_task.ts";

/** Runs `deno task keys` to its good end; returns what it printed. */
export async function keysTask(...args: string[]): Promise<string> {
  return await operatorTask("keys", ...args);
}

/** Creates a key as an operator does. */
export async function createKey(...options: string[]): Promise<string> {
  const printed = await keysTask("create", "--client", "Test", "--environment", "test", ...options);
  const [key] = printed.match(/m3d_test_\w+/) ?? [];
  assert.ok(key, printed);
  return key;
}
