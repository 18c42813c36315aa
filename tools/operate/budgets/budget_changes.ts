import { isProviderId, type ProviderId, providerIds } from "../../../shared/providers/catalog.ts";
import { readUsd } from "../amounts.ts";

/** Caps in USD; null means none, or, of a provider and a key, the one for all of them. */
export interface BudgetChanges {
  /** By column of `private.limits`. */
  readonly limits: Readonly<Record<string, number | null>>;
  readonly providers: ReadonlyMap<ProviderId, number | null>;
  /** By prefix. */
  readonly keys: ReadonlyMap<string, number | null>;
}

/** The options of `set`, as they were typed. */
export interface BudgetOptions {
  readonly "project-per-day"?: string | undefined;
  readonly "project-per-month"?: string | undefined;
  readonly "provider-per-day"?: string | undefined;
  readonly "key-per-day"?: string | undefined;
  readonly provider?: readonly string[] | undefined;
  readonly key?: readonly string[] | undefined;
}

/** Options, each with its column of `private.limits`. */
const COLUMNS = [
  ["project-per-day", "project_usd_per_day"],
  ["project-per-month", "project_usd_per_month"],
  ["provider-per-day", "provider_usd_per_day"],
  ["key-per-day", "key_usd_per_day"],
] as const;

/** Reads what a person typed. Throws an error that names the option and says what is possible. */
export function readBudgetChanges(options: BudgetOptions): BudgetChanges {
  const limits: Record<string, number | null> = {};
  for (const [option, column] of COLUMNS) {
    const text = options[option];
    if (text !== undefined) limits[column] = readCap(`--${option}`, text, "none");
  }
  const providers = new Map<ProviderId, number | null>();
  for (const [name, text] of pairsOf("--provider", "openai", options.provider)) {
    if (!isProviderId(name)) {
      throw new Error(
        `--provider: unknown ${JSON.stringify(name)}; known: ${providerIds.join(", ")}`,
      );
    }
    providers.set(name, readCap(`--provider ${name}`, text, "default"));
  }
  const keys = new Map<string, number | null>();
  for (const [prefix, text] of pairsOf("--key", "PREFIX", options.key)) {
    keys.set(prefix, readCap(`--key ${prefix}`, text, "default"));
  }
  if (Object.keys(limits).length + providers.size + keys.size > 0) {
    return { limits, providers, keys };
  }
  throw new Error("Nothing is to be changed: name a budget, such as --project-per-day 40");
}

/** @param nothing The word for no cap of its own. */
function readCap(option: string, text: string, nothing: "none" | "default"): number | null {
  if (text === nothing) return null;
  try {
    return readUsd(option, text);
  } catch {
    throw new Error(
      `${option} must be an amount in USD, such as 40 or 2.50, or the word ${nothing}: ${text}`,
    );
  }
}

/** `name=text`, each name once. */
function pairsOf(
  option: string,
  example: string,
  texts: readonly string[] = [],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const text of texts) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new Error(`${option} must be as in ${option} ${example}=20: ${text}`);
    }
    if (pairs.has(name)) throw new Error(`${option} names ${name} twice`);
    pairs.set(name, value);
  }
  return pairs;
}
