import type postgres from "postgres";
import { print } from "../command_line.ts";
import { connectToOperate } from "../local/running_stack.ts";

/** What a command does with the database; returns what it prints. */
export type Command = (sql: postgres.Sql) => Promise<string>;

/** Does it with the running stack of a port, or with the database that DATABASE_URL names. */
export async function runCommand(port: string, command: Command): Promise<void> {
  const sql = await connectToOperate(Number(port));
  try {
    print(await command(sql));
  } finally {
    await sql.end();
  }
}
