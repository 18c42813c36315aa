import { z } from "zod";
import type { ProviderSettings } from "./adapter.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import type { Provider } from "./provider_operation.ts";

/** What an operator sets for a provider, by name. */
interface SettingNames {
  readonly key: string;
  readonly baseUrl: string;
}

export function settingNames(id: ProviderId): SettingNames {
  return { key: `${id.toUpperCase()}_API_KEY`, baseUrl: `${id.toUpperCase()}_BASE_URL` };
}

/** The settings of all providers; what is not set has the provider's own value, but for the key. */
export const providerSettings: Readonly<Record<string, z.ZodType<string | undefined>>> = Object
  .fromEntries(
    providerIds.flatMap((id): [string, z.ZodType<string | undefined>][] => {
      const { baseUrl, model }: Provider = providers[id];
      const names = settingNames(id);
      return [
        [names.key, z.string().optional()],
        // Paths are put behind it.
        [names.baseUrl, z.url().transform((url) => url.replace(/\/+$/, "")).default(baseUrl)],
        ...(model
          ? [[model.setting, z.string().default(model.default)] satisfies [string, z.ZodType]]
          : []),
      ];
    }),
  );

/** Settings of every provider that has a key. */
export type ProvidersConfig = Readonly<Partial<Record<ProviderId, ProviderSettings>>>;

/** @param values Settings as they were read. */
export function configuredProviders(values: Readonly<Record<string, unknown>>): ProvidersConfig {
  return Object.fromEntries(
    providerIds.flatMap((id) => {
      const { model }: Provider = providers[id];
      const names = settingNames(id);
      const apiKey = values[names.key];
      if (typeof apiKey !== "string") return [];
      const chosen = model ? String(values[model.setting]) : "";
      return [[id, { apiKey, baseUrl: String(values[names.baseUrl]), model: chosen }]];
    }),
  );
}
