import { databaseUrl } from "./database.ts";
import { type Ports, type Secrets, SEED } from "./settings.ts";

/** What is a secret of the project, or of its operator alone. All else an app may have built in. */
const SECRETS: ReadonlySet<string> = new Set([
  "SUPABASE_SECRET_KEY",
  "DATABASE_URL",
  "DATABASE_CA",
  "SIMULATOR_URL",
  "WORKER_SECRET",
]);

/** Whether a value may be built into an app, which anybody can take apart. */
export function isForApps(name: string): boolean {
  return !SECRETS.has(name);
}

/** What a client of the stack needs to know, under the names `deno task env` prints. */
export function environmentOf(ports: Ports, secrets: Secrets): Record<string, string> {
  const [first, second] = SEED.users;
  return {
    SUPABASE_URL: `http://127.0.0.1:${ports.gateway}`,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
    API_KEY: SEED.apiKey,
    DATABASE_URL: databaseUrl(ports.database, secrets.databasePassword),
    // In one line, as env files may have it.
    DATABASE_CA: secrets.databaseTls.root.trim().replaceAll("\n", "\\n"),
    SIMULATOR_URL: `http://127.0.0.1:${ports.simulators}`,
    WORKER_SECRET: secrets.workerSecret,
    TEST_USER_EMAIL: first.email,
    TEST_USER_PASSWORD: first.password,
    TEST_USER_2_EMAIL: second.email,
    TEST_USER_2_PASSWORD: second.password,
    TEST_OPERATOR_EMAIL: SEED.operator.email,
    TEST_OPERATOR_PASSWORD: SEED.operator.password,
  };
}
