/** The stack that `deno task bench` has started, as the measuring process sees it. */
import postgres from "postgres";
import { foldersOf } from "../tools/local/stack/folders.ts";
import { adminUrl } from "../tools/local/stack/postgres_server.ts";
import { loadSecrets, portsFrom } from "../tools/local/stack/settings.ts";
import { wakeWorkerAt } from "./client.ts";
import { BENCH_PORT } from "./stack_settings.ts";

export const ports = portsFrom(BENCH_PORT);
export const projectUrl = `http://127.0.0.1:${ports.gateway}`;
export const functionsUrl = `${projectUrl}/functions/v1`;
export const secrets = await loadSecrets(foldersOf(BENCH_PORT).stack);

/** Runs queries past all policies, over at most so many connections, and gives them back. */
export async function withDatabase<T>(
  connections: number,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const url = adminUrl(ports.database, secrets.databasePassword);
  const sql = postgres(url, { max: connections, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

export async function wakeWorker(): Promise<void> {
  await wakeWorkerAt(functionsUrl, secrets.workerSecret);
}
