import { z } from "zod";
import { url } from "../config.ts";
import { open, openUrl } from "../setting_secrecy.ts";
import type { ProviderSettings } from "./adapter.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import type { Provider } from "./provider_operation.ts";

type SettingSchema = z.ZodType<string | readonly string[] | undefined>;

/** One name of DNS, as it is: at a domain that others share a pattern would let in anybody. */
const HOST = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/;

const hostNames = z.string().default("").transform((value, context) => {
  const hosts = value.split(",").map((host) => host.trim().toLowerCase()).filter(Boolean);
  if (hosts.every((host) => HOST.test(host))) return hosts;
  context.addIssue("must be full host names, with commas between them, and without *");
  return z.NEVER;
});

/** As text, for it is one of many settings that are. */
function wholeNumber(bound: { readonly default: number; readonly most: number }): SettingSchema {
  return z.string().default(String(bound.default)).refine(
    (text) => /^\d{1,3}$/.test(text) && Number(text) <= bound.most,
    `must be a whole number from 0 to ${bound.most}`,
  );
}

/** The settings of all providers; what is not set has the provider's own value, except the key. */
export const providerSettings: Readonly<Record<string, SettingSchema>> = Object.fromEntries(
  providerIds.flatMap((id): [string, SettingSchema][] => {
    const { apiKeySetting, baseUrlSetting, baseUrl, resultHostsSetting, model, mostOf = {} }:
      Provider = providers[id];
    return [
      [apiKeySetting, z.string().optional()],
      [baseUrlSetting, openUrl(url().default(baseUrl))],
      ...(resultHostsSetting
        ? [[resultHostsSetting, open(hostNames)] satisfies [string, z.ZodType]]
        : []),
      ...(model
        ? [[model.setting, open(z.string().default(model.default))] satisfies [string, z.ZodType]]
        : []),
      ...Object.values(mostOf).map((bound) =>
        [bound.setting, open(wholeNumber(bound))] satisfies [string, z.ZodType]
      ),
    ];
  }),
);

/** Settings of every provider that has a key. */
export type ProvidersConfig = Readonly<Partial<Record<ProviderId, ProviderSettings>>>;

/** @param values Settings as they were read. */
export function configuredProviders(values: Readonly<Record<string, unknown>>): ProvidersConfig {
  return Object.fromEntries(
    providerIds.flatMap((id) => {
      const { apiKeySetting, baseUrlSetting, resultHostsSetting, model, mostOf }: Provider =
        providers[id];
      const hosts = resultHostsSetting === undefined ? [] : values[resultHostsSetting];
      const apiKey = values[apiKeySetting];
      if (typeof apiKey !== "string") return [];
      return [[id, {
        apiKey,
        baseUrl: String(values[baseUrlSetting]),
        ...(Array.isArray(hosts) && hosts.length > 0 && { resultHosts: hosts.map(String) }),
        ...(model && { model: String(values[model.setting]) }),
        ...(mostOf && {
          mostOf: Object.fromEntries(
            Object.entries(mostOf).map(([field, { setting }]) => [field, Number(values[setting])]),
          ),
        }),
      }]];
    }),
  );
}
