import postgres from "postgres";
import { stack } from "./stack.ts";

/**
 * Gives the work an empty database of its own in the test stack's server.
 *
 * @param subject What it is for, in its name; other processes have others for the same.
 */
export async function withOwnDatabase(
  subject: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const name = `${subject}_${Deno.pid}`;
  const url = new URL(stack.adminUrl);
  url.pathname = name;
  await inDatabase(stack.adminUrl, async (sql) => {
    await sql.unsafe(`drop database if exists ${name} with (force)`);
    await sql.unsafe(`create database ${name}`);
    // Nothing in it has to outlive the server.
    await sql.unsafe(`alter database ${name} set synchronous_commit = off`);
  });
  try {
    await work(url.href);
  } finally {
    await inDatabase(stack.adminUrl, async (sql) => {
      await sql.unsafe(`drop database ${name} with (force)`);
    });
  }
}

export async function inDatabase(
  url: string,
  work: (sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
