import type postgres from "postgres";
import { type Cell, textLines, textTable } from "../../text_table.ts";
import { logQuery } from "./log_query.ts";
import { queuePlace } from "./queue_place.ts";
import { type Section, sections } from "./sections.ts";

type Row = Readonly<Record<string, Cell>>;

/** One page with all that the tables know of a task. */
export async function taskPage(
  sql: postgres.Sql,
  taskId: string,
  isLocal: boolean,
): Promise<string> {
  const show = async ({ title, query, isOneRow }: Section): Promise<string> => {
    const rows = await sql.unsafe<Row[]>(query, [taskId]);
    return part(title, isOneRow ? linesOf(rows[0]) : rows.length > 0 ? textTable(rows) : "none");
  };
  const parts: string[] = [];
  for (const section of sections.before) parts.push(await show(section));
  parts.push(part("Queue", linesOf(await queuePlace(sql, taskId))));
  for (const section of sections.after) parts.push(await show(section));
  const [task] = await sql<{ wanted: string; since: Date }[]>`
    select coalesce(substr(traceparent, 4, 32), request_id) as wanted, created_at as since
    from public.tasks where id = ${taskId}::uuid
  `;
  if (task) parts.push(part("Log lines", logQuery({ id: taskId, ...task }, isLocal)));
  return parts.join("\n\n");
}

/** What is not there is not shown. */
function linesOf(row: Row = {}): string {
  return textLines(Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)));
}

function part(title: string, text: string): string {
  return `${title}\n${text.replaceAll(/^(?=.)/gm, "  ")}`;
}
