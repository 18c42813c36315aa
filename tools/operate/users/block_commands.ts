import type postgres from "postgres";
import { blockUser, unblockUser } from "./block.ts";
import { readBlock } from "./block_options.ts";
import { listBlockedUsers } from "./list.ts";

/** Options of the commands below, for `parseArgs`. */
export const BLOCK_OPTIONS = {
  reason: { type: "string" },
  until: { type: "string" },
  days: { type: "string" },
} as const;

export const BLOCK_USAGE = `\
  block USER --reason "Spam"     refuses all that the user asks for, and cancels what is unfinished
    --days 7                     for how long; default: until unblocked
    --until YYYY-MM-DD           or until when
  unblock USER                   lets the user submit again
  list                           who is blocked here, and who is banned in Auth`;

/**
 * The command that a person typed; undefined if it is none of these. Throws an error that says what an
 * option may be if it is mistyped.
 */
export function blockCommandOf(
  command: string | undefined,
  operands: readonly string[],
  values: Parameters<typeof readBlock>[0],
): ((sql: postgres.Sql) => Promise<string>) | undefined {
  const [user, ...others] = operands;
  if (command === "list" && operands.length === 0) return listBlockedUsers;
  if (!user || others.length > 0) return undefined;
  if (command === "unblock") return (sql) => unblockUser(sql, user);
  if (command !== "block") return undefined;
  const block = readBlock(values, new Date());
  return (sql) => blockUser(sql, user, block);
}
