import postgres from "postgres";
import { taskCommand } from "../command_line.ts";
import { environmentOf } from "./stack/environment.ts";
import { foldersOf } from "./stack/folders.ts";
import { findStarter } from "./stack/leftovers.ts";
import { loadSecrets, portsFrom } from "./stack/settings.ts";

/** The environment of the stack that runs on a port. Throws an error that says how to start one. */
export async function environmentOfRunningStack(port: number): Promise<Record<string, string>> {
  const { stack } = foldersOf(port);
  if ((await findStarter(stack)) === undefined) {
    throw new Error(
      `No stack is running on port ${port}. Start one with: ${taskCommand("dev")} --port ${port}`,
    );
  }
  return environmentOf(portsFrom(port), await loadSecrets(stack));
}

/** How long a database may take to answer at all. */
const ANSWER_SECONDS = 5;

/**
 * For the commands of operators: the database that DATABASE_URL names, else that of the running stack.
 * Throws an error that says so where it does not answer.
 */
export async function connectToOperate(port: number): Promise<postgres.Sql> {
  const own = Deno.env.get("DATABASE_URL");
  const url = own ?? (await environmentOfRunningStack(port))["DATABASE_URL"] ?? "";
  const sql = postgres(url, {
    max: 1,
    // It may be the pooler's, which keeps no prepared statements.
    prepare: false,
    connect_timeout: ANSWER_SECONDS,
    onnotice: () => {},
  });
  await awaitAnswer(sql);
  return sql;
}

/** A pooler may take a connection while the database behind it is away. */
async function awaitAnswer(sql: postgres.Sql): Promise<void> {
  const late = Promise.withResolvers<never>();
  const tooLate = new Error(`no answer within ${ANSWER_SECONDS} s`);
  const timer = setTimeout(() => late.reject(tooLate), ANSWER_SECONDS * 1000);
  try {
    await Promise.race([sql`select`, late.promise]);
  } catch (cause) {
    const { host: [host = ""], port: [port = ""] } = sql.options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot reach the database at ${host}:${port}: ${reason}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
