import postgres from "postgres";
import { type Cell, fitted } from "../../text_table.ts";

/** What a statement has answered. */
export interface Result extends ReadonlyArray<readonly unknown[]> {
  readonly command: string | null;
  readonly count: number | null;
  /** Null, where a statement answers no rows. */
  readonly columns: readonly { readonly name: string }[] | null;
}

/** Of the class of errors for what a read-only transaction does not do. */
const READ_ONLY = "25006";

/** A table for a person. */
export function resultAsText(result: Result, width: number): string {
  const { command, count, columns } = result;
  if (!columns || columns.length === 0) return [command, count].filter((part) => part).join(" ");
  const rows = result.map((row) => row.map(cellOf));
  const table = fitted(columns.map(({ name }) => name), rows, width);
  return `${rows.length > 0 ? table : ""}\n(${rows.length} ${rows.length === 1 ? "row" : "rows"})`
    .trim();
}

/** The same for a program: an object for each row. */
export function resultAsJson(result: Result): string {
  const names = result.columns?.map(({ name }) => name) ?? [];
  const rows = result.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
  return JSON.stringify(rows, null, 2);
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `\\x${value.toHex()}`;
  if (value instanceof Date || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** What Postgres says of a mistake, with where it is and what may help. */
export function failureOf(error: unknown, text: string): unknown {
  if (!(error instanceof postgres.PostgresError)) return error;
  const { message, position, detail, hint, code } = error;
  const at = Number(position);
  const line = at > 0 ? text.slice(0, at - 1).split("\n").length : undefined;
  const parts = [
    `${message}${line === undefined ? "" : ` (line ${line}: ${lineOf(text, line)})`}`,
    detail,
    hint,
    code === READ_ONLY ? "Nothing was changed. What is to change data needs --write" : undefined,
  ];
  return new Error(parts.filter((part) => part).join("\n"), { cause: error });
}

function lineOf(text: string, line: number): string {
  return text.split("\n")[line - 1]?.trim() ?? "";
}
