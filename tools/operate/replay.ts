/**
 * `deno task replay`: lists the dead letters, or accepts the request behind one again. Of the running
 * stack, or of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import type postgres from "postgres";
import { DEFAULT_PORT, main, print, sameStackCommand } from "../command_line.ts";
import { connectToOperate } from "../local/running_stack.ts";

interface DeadLetter {
  readonly id: string;
  readonly dead_lettered_at: Date;
  readonly queue: string;
  readonly task_id: string | null;
  readonly reason: string;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: { port: { type: "string", default: String(DEFAULT_PORT) } },
    allowPositionals: true,
  });
  const sql = await connectToOperate(Number(values.port));
  try {
    if (positionals.length === 0) await list(sql);
    for (const id of positionals) await replay(sql, id);
  } finally {
    await sql.end();
  }
});

async function list(sql: postgres.Sql): Promise<void> {
  const dead = await sql<DeadLetter[]>`
    select id, dead_lettered_at, queue, task_id, reason from private.dead_letters
    where replayed_at is null order by id
  `;
  if (dead.length === 0) return print("No dead letters");
  for (const { id, dead_lettered_at, queue, task_id, reason } of dead) {
    print(`${id}  ${dead_lettered_at.toISOString()}  ${queue}  ${task_id ?? "no task"}  ${reason}`);
  }
  print(`Accept one again: ${sameStackCommand("replay")} ID`);
}

async function replay(sql: postgres.Sql, id: string): Promise<void> {
  if (!/^\d+$/.test(id)) throw new Error(`The id of a dead letter must be a number, not ${id}`);
  const [row] = await sql<{ task_id: string }[]>`
    select private.replay_dead_letter(${id}::bigint) as task_id
  `;
  print(`Accepted again as task ${row?.task_id}`);
}
