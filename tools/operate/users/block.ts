import type postgres from "postgres";
import { sameStackCommand } from "../../command_line.ts";
import type { Block } from "./block_options.ts";
import { findUser, nameOf } from "./find_user.ts";

/** Blocks a user and cancels what is unfinished; returns what was done. */
export async function blockUser(
  sql: postgres.Sql,
  idOrEmail: string,
  { reason, until }: Block,
): Promise<string> {
  const user = await findUser(sql, idOrEmail);
  const [row] = await sql<{ canceled: number }[]>`
    select private.block_user(
      ${user.id}::uuid, ${reason}::text, ${until}::timestamptz
    ) as canceled
  `;
  const end = until?.toISOString() ?? `${sameStackCommand("users")} unblock ${user.id}`;
  return `Blocked ${nameOf(user)}, until ${end}\nTasks canceled: ${row?.canceled ?? 0}`;
}

/** Ends a block; returns what was done. */
export async function unblockUser(sql: postgres.Sql, idOrEmail: string): Promise<string> {
  const user = await findUser(sql, idOrEmail);
  const [unblocked] = await sql<{ was: boolean }[]>`
    select private.unblock_user(${user.id}::uuid) as was
  `;
  const done = unblocked?.was
    ? `Unblocked ${nameOf(user)}`
    : `${nameOf(user)} was not blocked; who is: ${sameStackCommand("users")} list`;
  const [now] = await sql<{ blocked: boolean }[]>`
    select private.is_blocked(${user.id}::uuid) as blocked
  `;
  return now?.blocked
    ? `${done}\nStill refused: banned in Auth, where the ban is to be ended`
    : done;
}
