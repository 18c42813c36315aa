import type { OperationId } from "../contract/operations.ts";
import { openai } from "./openai/mod.ts";
import type { Offer, Provider } from "./provider.ts";

/** Every provider and what it offers. Adding one is a folder, a line here and one in adapters.ts. */
export const providers = { openai } as const satisfies Record<string, Provider>;

export type ProviderId = keyof typeof providers;

export const providerIds = Object.keys(providers).filter(isProviderId);

export function isProviderId(value: string): value is ProviderId {
  return Object.hasOwn(providers, value);
}

export function findOffer(provider: ProviderId, operation: OperationId): Offer | undefined {
  return providers[provider].offers.find((candidate) => candidate.operation === operation);
}
