/**
 * A provider is real when the developer has a key for it, and simulated when not: that is the one
 * setting.
 */
const PROVIDERS = [
  {
    name: "openai",
    key: "OPENAI_API_KEY",
    baseUrl: "OPENAI_BASE_URL",
    path: "/openai/v1",
    simulatedKey: "sk-simulated",
  },
  {
    name: "flux",
    key: "FLUX_API_KEY",
    baseUrl: "FLUX_BASE_URL",
    path: "/flux/v1",
    simulatedKey: "bfl-simulated",
  },
  {
    name: "tripo",
    key: "TRIPO_API_KEY",
    baseUrl: "TRIPO_BASE_URL",
    path: "/tripo/v3",
    simulatedKey: "tsk_simulated",
  },
];

/** Settings that send the calls of every provider without a key to the simulators. */
export function simulatedProviders(
  own: Readonly<Record<string, string>>,
  simulatorsUrl: string,
): Record<string, string> {
  return Object.fromEntries(
    PROVIDERS.filter(({ key }) => !own[key]).flatMap(({ key, baseUrl, path, simulatedKey }) => [
      [key, simulatedKey],
      [baseUrl, `${simulatorsUrl}${path}`],
    ]),
  );
}

/** Names of the providers that are real. */
export function realProviders(own: Readonly<Record<string, string>>): string[] {
  return PROVIDERS.filter(({ key }) => own[key]).map(({ name }) => name);
}
