import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { Migrations } from "./supabase_cli.ts";

/** What is known of a project before anything of it is changed. */
export interface Findings {
  readonly project: string;
  readonly migrations: Migrations;
  /** What is there already that the first migration would create. */
  readonly collisions: readonly string[];
  /** As `server_version_num` has it: 150008 is 15.8. */
  readonly postgresVersion: number;
  /** Whether Auth has no public key to check users' tokens by; undefined if it did not say. */
  readonly signsWithSecret: boolean | undefined;
  /** Whether secrets, database and schedule stay as they are: the way back to an earlier version. */
  readonly functionsOnly: boolean;
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

/** The oldest that the migrations apply to. */
const OLDEST_POSTGRES = 15;

/** What a deploy does, in order, and what is in its way. */
export function planDeploy(findings: Findings): Plan {
  const { secretsThere, secretsToSet } = findings;
  const secrets = new Set([...secretsThere, ...secretsToSet]);
  const errors = databaseErrors(findings);
  const warnings: string[] = [];

  if (findings.signsWithSecret && !secrets.has("JWT_SECRET")) {
    warnings.push(
      "Auth signs users' tokens with a shared secret (HS256): set JWT_SECRET, or each user gets a 401",
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

  return { steps: stepsOf(findings), errors, warnings };
}

function stepsOf(
  { project, migrations, secretsToSet, functionsOnly }: Findings,
): readonly string[] {
  const before = [
    secretsToSet.length > 0 ? `set the secrets ${secretsToSet.join(", ")}` : "",
    migrations.pending.length > 0
      ? `apply ${migrations.pending.length} migrations: ${rangeOf(migrations.pending)}; new ` +
        "requests are refused meanwhile"
      : "apply no migration, the database is up to date",
    secretsToSet.includes("WORKER_SECRET") ? "tell the schedule how to reach the worker" : "",
  ];
  return [
    ...functionsOnly ? [] : before,
    `deploy the functions to ${project}`,
    "ask for its health, for a refusal without a key, and for a dry run as a user of its own",
  ].filter((step) => step !== "");
}

function databaseErrors(
  { migrations, collisions, postgresVersion, functionsOnly }: Findings,
): string[] {
  const errors: string[] = [];
  const version = Math.floor(postgresVersion / 10_000);
  if (version < OLDEST_POSTGRES) {
    errors.push(
      `The database is Postgres ${version}, the migrations need ${OLDEST_POSTGRES} or newer: ` +
        "upgrade the project in the dashboard (Settings, Infrastructure)",
    );
  }
  if (collisions.length > 0) {
    errors.push(
      `The database has things of these names, which are not this backend's: ${
        collisions.join(", ")
      }. Rename them, or take a project of its own`,
    );
  }
  // Earlier functions work with a later database: see CONTRIBUTING.md.
  if (migrations.unknown.length > 0 && !functionsOnly) {
    errors.push(
      `The database has migrations that this checkout does not: ${
        migrations.unknown.join(", ")
      }. Deploy from the newest commit, or --functions-only to go back`,
    );
  }
  return errors;
}

function rangeOf(names: readonly string[]): string {
  const [first, last] = [names[0], names.at(-1)];
  return first === last ? `${first}` : `${first} to ${last}`;
}
