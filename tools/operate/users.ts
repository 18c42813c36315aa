/**
 * `deno task users`: blocks users, lists who is blocked, and unblocks them. Of the running stack, or
 * of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, print, taskCommand } from "../command_line.ts";
import { connectToOperate } from "../local/running_stack.ts";
import { blockUser, unblockUser } from "./users/block.ts";
import { readBlock } from "./users/block_options.ts";
import { listBlockedUsers } from "./users/list.ts";

const OPTIONS = {
  reason: { type: "string" },
  until: { type: "string" },
  days: { type: "string" },
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("users")} COMMAND [--port PORT]

  block USER --reason "Spam"     refuses all that the user asks for, and cancels what is unfinished
    --days 7                     for how long; default: until unblocked
    --until YYYY-MM-DD           or until when
  unblock USER                   lets the user submit again
  list                           who is blocked here, and who is banned in Auth

USER is an id or an e-mail address.`;

await main(async () => {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: OPTIONS,
    allowPositionals: true,
  });
  const [command, ...operands] = positionals;
  const run = commandOf(command, operands, values);
  const sql = await connectToOperate(Number(values.port));
  try {
    print(await run(sql));
  } finally {
    await sql.end();
  }
});

/** Everything a person may have mistyped is told before anything is connected to. */
function commandOf(
  command: string | undefined,
  operands: readonly string[],
  values: Parameters<typeof readBlock>[0],
): (sql: Awaited<ReturnType<typeof connectToOperate>>) => Promise<string> {
  const [user, ...others] = operands;
  if (command === "block" && user && others.length === 0) {
    const block = readBlock(values, new Date());
    return (sql) => blockUser(sql, user, block);
  }
  if (command === "unblock" && user && others.length === 0) return (sql) => unblockUser(sql, user);
  if (command === "list" && operands.length === 0) return listBlockedUsers;
  throw new Error(USAGE);
}
