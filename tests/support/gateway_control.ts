import assert from "node:assert/strict";
import type { z } from "zod";
import { type CallsBody, callsBody } from "../../tools/local/stack/control/bodies.ts";
import { stack } from "./stack.ts";

/** Asks a control route of the gateway as its own page does. */
export async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return await fetch(`${stack.projectUrl}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
}

/** The same where it must be possible. */
export async function controlled<Schema extends z.ZodType>(
  schema: Schema,
  ...request: Parameters<typeof control>
): Promise<z.output<Schema>> {
  const response = await control(...request);
  assert.ok(response.ok, await response.clone().text());
  return schema.parse(await response.json());
}

/** The billed calls with a prompt, newest first. */
export async function callsWith(prompt: string): Promise<CallsBody["calls"]> {
  const { calls } = await controlled(callsBody, "GET", "/_calls");
  return calls.filter((call) => call.prompt === prompt);
}
