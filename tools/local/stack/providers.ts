/**
 * A provider is real when the developer has a key for it, and simulated when not: that is the one
 * setting.
 */
import { type ProviderId, providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { Provider } from "../../../shared/providers/provider_operation.ts";
import { simulatedBaseUrl } from "../../../simulators/base_url.ts";

type Settings = Readonly<Record<string, string>>;

/** Opens every simulator. */
const SIMULATED_KEY = "sk-simulated";

const isReal = (own: Settings) => (id: ProviderId): boolean =>
  Boolean(own[providers[id].apiKeySetting]);

/** Settings that send the calls of every provider without a key to the simulators. */
export function simulatedProviders(own: Settings, simulatorsUrl: string): Record<string, string> {
  return Object.fromEntries(
    providerIds.filter((id) => !isReal(own)(id)).flatMap((id) => {
      const { apiKeySetting, baseUrlSetting, baseUrl } = providers[id];
      return [
        [apiKeySetting, SIMULATED_KEY],
        [baseUrlSetting, simulatedBaseUrl(id, baseUrl, simulatorsUrl)],
      ];
    }),
  );
}

/** Names of the providers that are real. */
export function realProviders(own: Settings): string[] {
  return providerIds.filter(isReal(own));
}

/** Hosts that check the content of requests, given the settings of the function that accepts them. */
export function moderationHosts(values: Settings): string[] {
  if (values["MODERATION"] !== "openai") return [];
  const { baseUrlSetting, baseUrl } = providers.openai;
  return [new URL(values[baseUrlSetting] ?? baseUrl).host];
}

/** Hosts that the worker calls, given its settings. */
export function providerHosts(values: Settings): string[] {
  return providerIds.flatMap((id) => {
    const { apiKeySetting, baseUrlSetting, baseUrl, otherHosts = [] }: Provider = providers[id];
    const isSimulated = values[apiKeySetting] === SIMULATED_KEY;
    const { host } = new URL(values[baseUrlSetting] ?? baseUrl);
    return isSimulated ? [host] : [host, ...otherHosts];
  });
}
