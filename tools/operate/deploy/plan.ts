import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import type { AppFolder } from "./app_folder.ts";
import type { Migrations } from "./supabase_cli.ts";

/** What is known of a project before anything of it is changed. */
export interface Findings {
  readonly project: string;
  readonly migrations: Migrations;
  /** What the app's folder does not have yet of our migrations; undefined without such a folder. */
  readonly app?: Pick<AppFolder, "folder" | "missingMigrations"> | undefined;
  /** What is there already that the first deploy would create, or that is in its way. */
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
  { project, app, migrations, secretsToSet, functionsOnly }: Findings,
): readonly string[] {
  const before = [
    secretsToSet.length > 0 ? `set the secrets ${secretsToSet.join(", ")}` : "",
    app && app.missingMigrations.length > 0
      ? `copy ${app.missingMigrations.length} migrations into ${app.folder}/supabase/migrations: ` +
        "commit them there"
      : "",
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
      `The project has these, which are not this backend's: ${collisions.join(", ")}. ` +
        "Rename them, or take a project of its own: docs/adopt.md",
    );
  }
  if (migrations.pendingOfApp.length > 0 && !functionsOnly) {
    errors.push(
      `The app has migrations of its own that are not applied: ${
        migrations.pendingOfApp.join(", ")
      }. Apply them first, in its folder: npx supabase@3.1.0 db push --include-all`,
    );
  }
  // Earlier functions work with a later database: see CONTRIBUTING.md.
  if (migrations.unknown.length > 0 && !functionsOnly) {
    errors.push(
      `The database has migrations that this checkout does not: ${
        migrations.unknown.join(", ")
      }. Deploy from the newest commit, or --functions-only to go back; if they are an app's own, ` +
        "with --app and its folder: docs/adopt.md",
    );
  }
  return errors;
}

function rangeOf(names: readonly string[]): string {
  const [first, last] = [names[0], names.at(-1)];
  return first === last ? `${first}` : `${first} to ${last}`;
}
