import postgres from "postgres";
import { z } from "zod";
import { database, databaseUrlOf, readSettings } from "../../shared/config.ts";
import { createSockets } from "../../shared/database_sockets.ts";
import { printError, taskCommand } from "../command_line.ts";
import { databaseUrl } from "./stack/database.ts";
import { environmentOf } from "./stack/environment.ts";
import { foldersOf } from "./stack/folders.ts";
import { findStarter } from "./stack/leftovers.ts";
import { loadSecrets, portsFrom, type Secrets } from "./stack/settings.ts";

/** The environment of the stack that runs on a port. Throws an error that says how to start one. */
export async function environmentOfRunningStack(port: number): Promise<Record<string, string>> {
  return environmentOf(portsFrom(port), await secretsOfRunningStack(port));
}

async function secretsOfRunningStack(port: number): Promise<Secrets> {
  const { stack } = foldersOf(port);
  if ((await findStarter(stack)) === undefined) {
    throw new Error(
      `No stack is running on port ${port}. Start one with: ${taskCommand("dev")} --port ${port}`,
    );
  }
  return await loadSecrets(stack);
}

/** The settings of the running stack's database, as a function has them. */
async function databaseOfRunningStack(port: number): Promise<Record<string, string>> {
  const { databasePassword, databaseTls } = await secretsOfRunningStack(port);
  return {
    DATABASE_URL: databaseUrl(portsFrom(port).database, databasePassword),
    DATABASE_CA: databaseTls.root,
  };
}

/** How long a database may take to answer at all. */
const ANSWER_SECONDS = 5;

/** Nobody stands between a command and a database on the same machine. */
const SAME_MACHINE = /^The certificate of the database at (?:127\.0\.0\.1|localhost|\[::1\]):/;

/**
 * For the commands of operators: the database that DATABASE_URL names, else that of the running stack.
 * Throws an error that says so where the address is unusable or nobody answers there.
 */
export async function connectToOperate(port: number): Promise<postgres.Sql> {
  const environment = Deno.env.get("DATABASE_URL")
    ? Deno.env.toObject()
    : await databaseOfRunningStack(port);
  const { DATABASE_URL, DATABASE_CA } = readSettings(
    z.object(database),
    (name) => environment[name],
  );
  const sockets = createSockets(
    databaseUrlOf({ DATABASE_URL, DATABASE_CA, SUPABASE_DB_URL: undefined }),
    (reason) => {
      if (!SAME_MACHINE.test(reason)) printError(`Not encrypted: ${reason}. Set DATABASE_CA`);
    },
  );
  const sql = postgres(sockets.url, {
    max: 1,
    // It may be the pooler's, which keeps no prepared statements.
    prepare: false,
    connect_timeout: ANSWER_SECONDS,
    onnotice: () => {},
    ...sockets.options,
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
