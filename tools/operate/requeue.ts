/**
 * `deno task requeue`: lists what could not be served, or has some of it done again. Of the running
 * stack, or of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import type postgres from "postgres";
import { DEFAULT_PORT, main, print } from "../command_line.ts";
import { connectToOperate } from "../local/running_stack.ts";

interface DeadMessage {
  readonly id: string;
  readonly died_at: Date;
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
    for (const id of positionals) await putBack(sql, id);
  } finally {
    await sql.end();
  }
});

async function list(sql: postgres.Sql): Promise<void> {
  const dead = await sql<DeadMessage[]>`
    select id, died_at, queue, task_id, reason from private.dead_messages
    where put_back_at is null order by id
  `;
  if (dead.length === 0) return print("Nothing that could not be served");
  for (const { id, died_at, queue, task_id, reason } of dead) {
    print(`${id}  ${died_at.toISOString()}  ${queue}  ${task_id ?? "no task"}  ${reason}`);
  }
  print("Have one done again: deno task requeue ID");
}

async function putBack(sql: postgres.Sql, id: string): Promise<void> {
  if (!/^\d+$/.test(id)) throw new Error(`The number of a dead message is wanted, not ${id}`);
  const [row] = await sql<{ task_id: string }[]>`
    select private.put_back_dead(${id}::bigint) as task_id
  `;
  print(`Accepted again as task ${row?.task_id}`);
}
