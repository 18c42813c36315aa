import postgres from "postgres";
import { z } from "zod";
import { database, databaseUrlOf, readSettings } from "../../shared/config.ts";
import { createSockets } from "../../shared/database_sockets.ts";
import { DEFAULT_PORT, printError, readPort } from "../command_line.ts";
import { databaseOfRunningStack } from "../local/running_stack.ts";
import { foldersOf } from "../local/stack/folders.ts";
import { findStarter } from "../local/stack/leftovers.ts";
import { adminUrl } from "../local/stack/postgres_server.ts";
import { portsFrom } from "../local/stack/settings.ts";

/** The database that a command acts on. */
export interface OperatedDatabase {
  readonly sql: postgres.Sql;
  /** Which one it is, in words, without the password. */
  readonly name: string;
  /** The first port of the local stack whose database it is; undefined, if it is of none. */
  readonly localPort: number | undefined;
}

/** How long a database may take to answer at all. */
const ANSWER_SECONDS = 5;

/** Nobody stands between a command and a database on the same machine. */
const SAME_MACHINE = /^The certificate of the database at (?:127\.0\.0\.1|localhost|\[::1\]):/;
const TOO_MANY_CONNECTIONS = "53300";
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|::1)$/;

/**
 * For the commands of operators: the database of the local stack on the port that was given, else the
 * one that DATABASE_URL names, else that of the local stack. Throws an error that says so where the
 * address is unusable or nobody answers there.
 */
export async function connectToOperate(portText: string | undefined): Promise<OperatedDatabase> {
  const sql = usesDatabaseUrl(portText)
    ? await connect(await withLocalRoot(Deno.env.toObject()))
    : await connectToStack(readPort(portText) ?? DEFAULT_PORT);
  const { host: [host = ""], port: [port = 0] } = sql.options;
  const localPort = await localPortOf(host, port);
  const stack = localPort === undefined ? "" : `, of the local stack on port ${localPort}`;
  return { sql, localPort, name: `${addressOf(sql)}/${sql.options.database}${stack}` };
}

/** Whether a command acts on the database of DATABASE_URL: without a port of its own. */
export function usesDatabaseUrl(portText: string | undefined): boolean {
  return portText === undefined && Boolean(Deno.env.get("DATABASE_URL"));
}

/** Postgres keeps a few connections for its superuser: where no other is left, they find out why. */
async function connectToStack(port: number): Promise<postgres.Sql> {
  try {
    return await connect(await databaseOfRunningStack(port));
  } catch (error) {
    if (!(error instanceof Error) || !isOutOfConnections(error.cause)) throw error;
    printError("All connections are in use but those of the superuser: this is one of them");
    return await connect(await databaseOfRunningStack(port, adminUrl));
  }
}

/** Throws an error that says so where the address is unusable or nobody answers there. */
async function connect(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<postgres.Sql> {
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

function isOutOfConnections(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === TOO_MANY_CONNECTIONS;
}

/** A local stack, whose database takes TLS only, has a root certificate of its own, which is known here. */
async function withLocalRoot(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string | undefined>>> {
  const { DATABASE_URL = "", DATABASE_CA } = environment;
  if (DATABASE_CA || !URL.canParse(DATABASE_URL)) return environment;
  const { hostname, port } = new URL(DATABASE_URL);
  const localPort = await localPortOf(hostname, Number(port));
  if (localPort === undefined) return environment;
  return { ...await databaseOfRunningStack(localPort), DATABASE_URL };
}

/** DATABASE_URL may name a local stack, too. */
async function localPortOf(host: string, port: number): Promise<number | undefined> {
  const first = port - (portsFrom(0).database);
  if (!LOOPBACK.test(host) || first < 1) return undefined;
  return await findStarter(foldersOf(first).stack) === undefined ? undefined : first;
}

function addressOf({ options }: postgres.Sql): string {
  const { host: [host = ""], port: [port = 0] } = options;
  return `${host}:${port}`;
}

/** A pooler may take a connection while the database behind it is away. */
async function awaitAnswer(sql: postgres.Sql): Promise<void> {
  const late = Promise.withResolvers<never>();
  const tooLate = new Error(`no answer within ${ANSWER_SECONDS} s`);
  const timer = setTimeout(() => late.reject(tooLate), ANSWER_SECONDS * 1000);
  try {
    await Promise.race([sql`select`, late.promise]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = isOutOfConnections(cause)
      ? ". All its connections are in use: docs/operations.md says who may end them"
      : "";
    const message = `Cannot reach the database at ${addressOf(sql)}: ${reason}${advice}`;
    throw new Error(message, { cause });
  } finally {
    clearTimeout(timer);
  }
}
