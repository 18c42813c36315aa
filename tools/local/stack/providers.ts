/**
 * A provider is real when the developer has a key for it, and simulated when not: that is the one
 * setting.
 */
import { type ProviderId, providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { Provider } from "../../../shared/providers/provider_operation.ts";
import { settingNames } from "../../../shared/providers/settings.ts";

type Settings = Readonly<Record<string, string>>;

/** Opens every simulator. */
const SIMULATED_KEY = "sk-simulated";

const isReal = (own: Settings) => (id: ProviderId): boolean => Boolean(own[settingNames(id).key]);

/** Settings that send the calls of every provider without a key to the simulators. */
export function simulatedProviders(own: Settings, simulatorsUrl: string): Record<string, string> {
  return Object.fromEntries(
    providerIds.filter((id) => !isReal(own)(id)).flatMap((id) => {
      const { key, baseUrl } = settingNames(id);
      const path = new URL(providers[id].baseUrl).pathname.replace(/\/$/, "");
      return [
        [key, SIMULATED_KEY],
        [baseUrl, `${simulatorsUrl}/${id}${path}`],
      ];
    }),
  );
}

/** Names of the providers that are real. */
export function realProviders(own: Settings): string[] {
  return providerIds.filter(isReal(own));
}

/** Hosts that the worker calls, given its settings. */
export function providerHosts(values: Settings): string[] {
  return providerIds.flatMap((id) => {
    const { baseUrl, otherHosts = [] }: Provider = providers[id];
    const names = settingNames(id);
    const isSimulated = values[names.key] === SIMULATED_KEY;
    const { host } = new URL(values[names.baseUrl] ?? baseUrl);
    return isSimulated ? [host] : [host, ...otherHosts];
  });
}
