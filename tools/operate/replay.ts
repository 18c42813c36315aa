/** `deno task replay`: lists the dead letters, or accepts the request behind one again. */
import type postgres from "postgres";
import { main, sameStackCommand } from "../command_line.ts";
import { replay } from "../commands/operator_commands.ts";
import { textTable } from "../text_table.ts";
import { runOnDatabase } from "./run_command.ts";

type DeadLetter = Readonly<
  { number: string; at: Date; queue: string; task: string; reason: string }
>;

await main(replay, async ({ operands, values }) => {
  const wrong = operands.find((text) => !/^\d+$/.test(text));
  if (wrong !== undefined) {
    throw new Error(`A dead letter is named by its number, not ${wrong}: replay lists them`);
  }
  await runOnDatabase(values.port, async (sql) => {
    if (operands.length === 0) return await list(sql);
    const lines: string[] = [];
    for (const number of operands) lines.push(await acceptAgain(sql, number));
    return lines.join("\n");
  });
});

async function list(sql: postgres.Sql): Promise<string> {
  const dead = await sql<DeadLetter[]>`
    select id as number, dead_lettered_at as at, queue, coalesce(task_id::text, 'none') as task,
      reason
    from private.dead_letters
    where replayed_at is null order by id
  `;
  if (dead.length === 0) return "No dead letters";
  return `${textTable(dead)}\nAccept one again: ${sameStackCommand("replay")} NUMBER`;
}

async function acceptAgain(sql: postgres.Sql, number: string): Promise<string> {
  const [row] = await sql<{ task: string }[]>`
    select private.replay_dead_letter(${number}::bigint) as task
  `;
  return `Accepted again as task ${row?.task}`;
}
