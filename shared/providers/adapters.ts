import type { ProvidersConfig } from "../config.ts";
import type { Adapter } from "./adapter.ts";
import type { ProviderId } from "./catalog.ts";
import { createOpenaiAdapter } from "./openai/adapter.ts";

/** The adapters of all providers that have a key. Only the worker imports this. */
export function createAdapters({ openai }: ProvidersConfig): Partial<Record<ProviderId, Adapter>> {
  return { ...(openai && { openai: createOpenaiAdapter(openai) }) };
}
