import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { Migrations } from "./supabase_cli.ts";

/** What is known of a project before anything of it is changed. */
export interface Findings {
  readonly project: string;
  readonly migrations: Migrations;
  /** Names of the secrets the project has. */
  readonly secretsThere: readonly string[];
  /** Names of those that the deploy will set. */
  readonly secretsToSet: readonly string[];
}

export interface Plan {
  readonly steps: readonly string[];
  /** What makes the deploy senseless: it is not begun. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** What a deploy does, in order, and what is in its way. */
export function planDeploy({ project, migrations, secretsThere, secretsToSet }: Findings): Plan {
  const secrets = new Set([...secretsThere, ...secretsToSet]);
  const errors: string[] = [];
  const warnings: string[] = [];

  if (migrations.unknown.length > 0) {
    errors.push(
      `The database has migrations that this checkout does not: ${
        migrations.unknown.join(", ")
      }. ` +
        "Deploy from the newest commit",
    );
  }
  if (!secrets.has("WORKER_SECRET")) {
    errors.push("The secret WORKER_SECRET is missing: put it into .env.production");
  }
  const keys = providerIds.map((id) => providers[id].apiKeySetting);
  const missing = keys.filter((key) => !secrets.has(key));
  if (missing.length === keys.length) {
    errors.push(`No provider has a key: set ${keys.join(" or ")}`);
  } else if (missing.length > 0) {
    warnings.push(`Requests for these get a 503: ${missing.join(", ")}`);
  }
  if (!secrets.has("DATABASE_URL")) {
    warnings.push("Without DATABASE_URL, the pooler's address, busy functions use up connections");
  }

  const steps = [
    secretsToSet.length > 0 ? `set the secrets ${secretsToSet.join(", ")}` : "",
    migrations.pending.length > 0
      ? `apply ${migrations.pending.length} migrations: ${rangeOf(migrations.pending)}; new ` +
        "requests are refused meanwhile"
      : "apply no migration, the database is up to date",
    secretsToSet.includes("WORKER_SECRET") ? "tell the schedule how to reach the worker" : "",
    `deploy the functions to ${project}`,
    "ask for its health, and whether it refuses a request without a key",
  ].filter((step) => step !== "");
  return { steps, errors, warnings };
}

function rangeOf(names: readonly string[]): string {
  const [first, last] = [names[0], names.at(-1)];
  return first === last ? `${first}` : `${first} to ${last}`;
}
