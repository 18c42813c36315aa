import type postgres from "postgres";
import { operate } from "../../../shared/operator/operate.ts";
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
  const { result } = await operate(sql, null, {
    action: "block_user",
    user: user.id,
    reason,
    ...(until && { until: until.toISOString() }),
  });
  const end = until?.toISOString() ?? `${sameStackCommand("users")} unblock ${user.id}`;
  return `Blocked ${nameOf(user)}, until ${end}\nTasks canceled: ${result["tasks_canceled"]}`;
}

/** Ends a block; returns what was done. */
export async function unblockUser(sql: postgres.Sql, idOrEmail: string): Promise<string> {
  const user = await findUser(sql, idOrEmail);
  const { result } = await operate(sql, null, { action: "unblock_user", user: user.id });
  const done = result["was_blocked"]
    ? `Unblocked ${nameOf(user)}`
    : `${nameOf(user)} was not blocked; who is: ${sameStackCommand("users")} list`;
  return result["is_blocked"]
    ? `${done}\nStill refused: banned in Auth, where the ban is to be ended`
    : done;
}
