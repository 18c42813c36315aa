import type { OperationId } from "../contract/operations.ts";
import { flux } from "./flux/mod.ts";
import { openai } from "./openai/mod.ts";
import type { Offer, Provider } from "./provider_operation.ts";
import { recraft } from "./recraft/mod.ts";
import { stability } from "./stability/mod.ts";
import { tripo } from "./tripo/mod.ts";

/** Every provider and what it offers. Adding one is a folder, a line here and one in adapters.ts. */
export const providers = { openai, stability, recraft, flux, tripo } as const satisfies Record<
  string,
  Provider
>;

export type ProviderId = keyof typeof providers;

export const providerIds = Object.keys(providers).filter(isProviderId);

export function isProviderId(value: string): value is ProviderId {
  return Object.hasOwn(providers, value);
}

export function findOffer(provider: ProviderId, operation: OperationId): Offer | undefined {
  return providers[provider].offers.find((candidate) => candidate.operation === operation);
}

/** Every provider of an operation, with what it offers. */
export function offersOf(operation: OperationId): readonly (readonly [ProviderId, Offer])[] {
  return providerIds.flatMap((id) => {
    const offer = findOffer(id, operation);
    return offer ? [[id, offer] as const] : [];
  });
}
