import type { OperationId } from "../contract/operations.ts";
import { fitsIsolate } from "../isolate.ts";
import { flux } from "./flux/mod.ts";
import { openai } from "./openai/mod.ts";
import type { AnyProviderOperation, Provider } from "./provider_operation.ts";
import { recraft } from "./recraft/mod.ts";
import { stability } from "./stability/mod.ts";
import { tripo } from "./tripo/mod.ts";

/** Every provider with its operations. CONTRIBUTING.md says what else a new one needs. */
export const providers = { openai, stability, recraft, flux, tripo } as const satisfies Record<
  string,
  Provider
>;

export type ProviderId = keyof typeof providers;

export const providerIds = Object.keys(providers).filter(isProviderId);

export function isProviderId(value: string): value is ProviderId {
  return Object.hasOwn(providers, value);
}

/** Undefined if the provider does not have the operation. */
export function findOperation(
  provider: ProviderId,
  operation: OperationId,
): AnyProviderOperation | undefined {
  return providers[provider].operations.find((candidate) => candidate.operation === operation);
}

/** Every provider of an operation, with its declaration. */
export function providersOf(
  operation: OperationId,
): readonly (readonly [ProviderId, AnyProviderOperation])[] {
  return providerIds.flatMap((id) => {
    const found = findOperation(id, operation);
    return found ? [[id, found] as const] : [];
  });
}

/** The longest call, in seconds, that an isolate can live through. */
export function longestCallSeconds(isolateSeconds: number): number {
  const calls = providerIds.flatMap((id) =>
    providers[id].operations.map(({ maxCallSeconds }) => maxCallSeconds)
  );
  return Math.max(0, ...calls.filter((seconds) => fitsIsolate(seconds, isolateSeconds)));
}
