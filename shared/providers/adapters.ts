import type { Adapter, ProviderSettings } from "./adapter.ts";
import { type ProviderId, providerIds } from "./catalog.ts";
import { createFluxAdapter } from "./flux/adapter.ts";
import { createOpenaiAdapter } from "./openai/adapter.ts";
import { createRecraftAdapter } from "./recraft/adapter.ts";
import { createStabilityAdapter } from "./stability/adapter.ts";
import { createTripoAdapter } from "./tripo/adapter.ts";

const factories: Readonly<Record<ProviderId, (settings: ProviderSettings) => Adapter>> = {
  openai: createOpenaiAdapter,
  stability: createStabilityAdapter,
  recraft: createRecraftAdapter,
  flux: createFluxAdapter,
  tripo: createTripoAdapter,
};

/** The adapters of all providers that have a key. Only the worker imports this. */
export function createAdapters(
  settings: Readonly<Partial<Record<ProviderId, ProviderSettings>>>,
): ReadonlyMap<string, Adapter> {
  return new Map(
    providerIds.flatMap((id) => {
      const own = settings[id];
      return own ? [[id, factories[id](own)]] : [];
    }),
  );
}
