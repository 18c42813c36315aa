import { z } from "zod";
import { url } from "../config.ts";
import { open, openUrl } from "../setting_secrecy.ts";
import type { ProviderSettings } from "./adapter.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import type { Provider } from "./provider_operation.ts";

type SettingSchema = z.ZodType<string | undefined>;

/** The settings of all providers; what is not set has the provider's own value, except the key. */
export const providerSettings: Readonly<Record<string, SettingSchema>> = Object.fromEntries(
  providerIds.flatMap((id): [string, SettingSchema][] => {
    const { apiKeySetting, baseUrlSetting, baseUrl, model }: Provider = providers[id];
    return [
      [apiKeySetting, z.string().optional()],
      [baseUrlSetting, openUrl(url().default(baseUrl))],
      ...(model
        ? [[model.setting, open(z.string().default(model.default))] satisfies [string, z.ZodType]]
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
      const { apiKeySetting, baseUrlSetting, model }: Provider = providers[id];
      const apiKey = values[apiKeySetting];
      if (typeof apiKey !== "string") return [];
      return [[id, {
        apiKey,
        baseUrl: String(values[baseUrlSetting]),
        ...(model && { model: String(values[model.setting]) }),
      }]];
    }),
  );
}
