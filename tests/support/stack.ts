import postgres from "postgres";
import { environmentOf } from "../../tools/local/stack/environment.ts";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { adminUrl } from "../../tools/local/stack/postgres_server.ts";
import { loadSecrets, portsFrom } from "../../tools/local/stack/settings.ts";
import { checkAnswers } from "./check_answers.ts";
import { testPorts } from "./test_ports.ts";

const { tools, stack: folder } = foldersOf(testPorts.shared);
const secrets = await loadSecrets(folder);
const ports = portsFrom(testPorts.shared);

/** The stack that `deno task test` has started, as clients see it. */
export const stack = {
  ports,
  secrets,
  tools,
  folder,
  adminUrl: adminUrl(ports.database, secrets.databasePassword),
  environment: environmentOf(ports, secrets),
  projectUrl: `http://127.0.0.1:${ports.gateway}`,
  functionsUrl: `http://127.0.0.1:${ports.gateway}/functions/v1`,
  simulatorUrl: `http://127.0.0.1:${ports.simulators}`,
};

/** What commands of operators read of their environment, for the stack's database. */
const { DATABASE_URL = "", DATABASE_CA = "" } = stack.environment;
export const databaseEnvironment = { DATABASE_URL, DATABASE_CA };

checkAnswers(stack.functionsUrl);

/** Runs queries past all policies, and gives the connection back whatever happens. */
export async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(stack.adminUrl, { max: 2, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
