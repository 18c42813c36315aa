import type postgres from "postgres";
import { applyPlatform } from "../../support/migrations.ts";
import { inDatabase, withOwnDatabase } from "../../support/own_database.ts";
import { stack } from "../../support/stack.ts";

/** Gives the work the address of an empty project's database, for a role that is no superuser. */
export async function withHostedDatabase(work: (url: string) => Promise<void>): Promise<void> {
  await withOwnDatabase("deploy", async (admin) => {
    const { pathname } = new URL(admin);
    await inDatabase(admin, async (sql) => {
      await sql`alter database ${sql(pathname.slice(1))} owner to postgres`;
      await applyPlatform(sql);
      await applyHosted(sql);
    });
    const url = new URL(stack.environment["DATABASE_URL"] ?? "");
    url.pathname = pathname;
    await work(url.href);
  });
}

/** Makes what `applyPlatform` has set up the platform's own, and leaves the role `postgres` the rest. */
export async function applyHosted(sql: postgres.Sql): Promise<void> {
  const hosted = await Deno.readTextFile(new URL("hosted.sql", import.meta.url));
  await sql.begin((transaction) => transaction.unsafe(hosted).simple());
}
