import { join } from "node:path";
import type postgres from "postgres";
import { repository } from "../local/stack/folders.ts";

/** Where the list that was agreed to is kept. */
export const privilegesFile = join(repository, "supabase/tests/privileges.txt");

/** What the roles of the Data API may do in the database, a sorted line each. */
export async function listPrivileges(sql: postgres.ISql<Record<never, never>>): Promise<string> {
  const query = await Deno.readTextFile(new URL("privileges.sql", import.meta.url));
  const rows = await sql.unsafe<{ line: string }[]>(query);
  return rows.map(({ line }) => `${line}\n`).join("");
}
