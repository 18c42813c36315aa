import assert from "node:assert/strict";
import type {
  Adapter,
  CallContext,
  Progress,
  Submit,
  Succeeded,
} from "../shared/providers/adapter.ts";
import { createOpenaiAdapter } from "../shared/providers/openai/adapter.ts";
import { aCallContext } from "./call_context.ts";

export const MODEL = "gpt-image-2.5-flare-2026-09-08";

const parameters = { prompt: "a clay robot", n: 1, size: "1024x1024", quality: "standard" };

function adapterAt(baseUrl: string, model: string = MODEL): Adapter {
  return createOpenaiAdapter({ apiKey: "sk-simulated", baseUrl, model });
}

async function succeeded(call: Promise<Progress> | undefined): Promise<Succeeded> {
  const progress = await call;
  assert.equal(progress?.state, "succeeded");
  return progress;
}

/** One text-to-image call, with changes of a plain request. */
export function generate(
  address: string,
  changes: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
  model: string = MODEL,
): Promise<Succeeded> {
  const { submit } = adapterAt(address, model);
  const body = { ...parameters, ...changes };
  return succeeded(submit["text-to-image"]?.(body, aCallContext({ signal })));
}

/** One image-to-image call. */
export function edit(
  address: string,
  command: Parameters<Submit>[0],
  context: CallContext,
): Promise<Succeeded> {
  return succeeded(adapterAt(address).submit["image-to-image"]?.(command, context));
}
