import type postgres from "postgres";
import { fittedTable, type Row } from "../../text_table.ts";
import { statusTables } from "./tables.ts";

/** Every part of what `--all` shows. */
export async function allTables(sql: postgres.Sql, width: number): Promise<string[]> {
  const lines: string[] = [];
  for (const { title, query } of statusTables) {
    lines.push(...tableLines(title, await sql.unsafe<Row[]>(query), width));
  }
  return lines;
}

function tableLines(title: string, rows: readonly Row[], width: number): string[] {
  if (rows.length === 0) return ["", `${title}: none`];
  const table = fittedTable(rows, width - 2).split("\n");
  return ["", title, ...table.map((line) => `  ${line}`.trimEnd())];
}
