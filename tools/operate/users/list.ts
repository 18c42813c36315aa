import type postgres from "postgres";
import { readRefusedUsers } from "../../../shared/operator/read_refused_users.ts";
import { textTable } from "../../text_table.ts";

/** Returns a table of who is refused now: whom operators have blocked, and whom Auth has banned. */
export async function listBlockedUsers(sql: postgres.Sql): Promise<string> {
  const users = await readRefusedUsers(sql, null);
  return users.length === 0 ? "Nobody is blocked" : textTable(users.map((user) => ({ ...user })));
}
