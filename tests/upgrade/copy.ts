import postgres from "postgres";
import { adminUrl } from "../../tools/local/stack/postgres_server.ts";
import type { FaultStack } from "../faults/fault_stack.ts";

/** A copy of a stack's database, beside it. */
export interface Copy {
  readonly name: string;
  /** The stack, but its SQL is for the copy. */
  readonly stack: FaultStack;
}

const NAME = "copy";

/** Gives the work a copy of a stack's database. Whoever uses the database is cut off for a moment. */
export async function withCopy(
  stack: FaultStack,
  work: (copy: Copy) => Promise<void>,
): Promise<void> {
  const url = new URL(adminUrl(stack.ports.database, stack.secrets.databasePassword));
  const connect = (database: string): postgres.Sql => {
    url.pathname = database;
    return postgres(url.href, { max: 2, onnotice: () => {} });
  };
  const admin = connect("template1");
  const sql = connect(NAME);
  try {
    await copy(admin);
    await work({ name: NAME, stack: { ...stack, sql } });
  } finally {
    await sql.end({ timeout: 1 });
    await admin.unsafe(`drop database if exists ${NAME} with (force)`);
    await admin.end();
  }
}

/** Only what nobody is connected to can be copied. */
async function copy(admin: postgres.Sql): Promise<void> {
  await admin`alter database postgres allow_connections false`;
  try {
    await admin`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = 'postgres'
    `;
    await admin.unsafe(`create database ${NAME} template postgres`);
  } finally {
    await admin`alter database postgres allow_connections true`;
  }
}
