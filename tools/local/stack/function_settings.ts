import { settings as account } from "../../../supabase/functions/account/settings.ts";
import { settings as generation } from "../../../supabase/functions/generation/settings.ts";
import { settings as operator } from "../../../supabase/functions/operator/settings.ts";
import { settings as tasksStatus } from "../../../supabase/functions/tasks-status/settings.ts";
import { settings as worker } from "../../../supabase/functions/worker/settings.ts";
import { databaseUrl } from "./database.ts";
import { moderationHosts, providerHosts } from "./providers.ts";
import type { Ports, Secrets } from "./settings.ts";

const LIFTED = "1000000";

const settings = { account, generation, operator, "tasks-status": tasksStatus, worker };

export type FunctionName = keyof typeof settings;

export interface FunctionSettingsOptions {
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** Settings of the developer, over those of the stack: provider keys, models, buckets. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** What a function is given, and no more. */
export interface FunctionSettings {
  /** All settings that it reads, whether they are set or not. */
  readonly names: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Host and port of all that it calls. */
  readonly hosts: readonly string[];
}

export function settingsOf(
  name: FunctionName,
  { ports, secrets, overrides }: FunctionSettingsOptions,
): FunctionSettings {
  const values = { ...stackValues(ports, secrets), ...overrides };
  const names = Object.keys(settings[name].shape);
  const env = Object.fromEntries(Object.entries(values).filter(([key]) => names.includes(key)));
  const hosts = [
    `127.0.0.1:${ports.database}`,
    `127.0.0.1:${ports.gateway}`,
    // Only the worker calls providers; who accepts requests may have their content checked.
    ...(name === "worker" ? providerHosts(env) : moderationHosts(env)),
  ];
  return { names, env, hosts };
}

/** What the platform gives a function, and what an operator sets. */
function stackValues(ports: Ports, secrets: Secrets): Record<string, string> {
  const database = databaseUrl(ports.database, secrets.databasePassword);
  return {
    SUPABASE_URL: `http://127.0.0.1:${ports.gateway}`,
    SUPABASE_DB_URL: database,
    DATABASE_CA: secrets.databaseTls.root,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: secrets.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    SUPABASE_JWKS: JSON.stringify({ keys: [] }),
    JWT_SECRET: secrets.jwtSecret,
    WORKER_SECRET: secrets.workerSecret,
    // As the seed does with the limits of users that the database keeps.
    USER_REQUESTS_PER_MINUTE: LIFTED,
    USER_REFUSALS_PER_MINUTE: LIFTED,
  };
}
