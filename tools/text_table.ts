/** What a cell of a table may hold; nothing is shown as a dash. */
export type Cell = string | number | boolean | Date | null;

export type Row = Readonly<Record<string, Cell>>;

/** A table for a terminal: columns as wide as they need, numbers to the right. */
export function textTable(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  return tableOf(names.map(inWords), rows.map((row) => names.map((name) => row[name] ?? null)));
}

/** One row, a line for each of its columns. */
export function textLines(row: Row): string {
  return linesOf(Object.keys(row).map(inWords), Object.values(row));
}

/** A table where it fits, else the lines of each row, broken at the width: nothing is cut off. */
export function fittedTable(rows: readonly Row[], width: number): string {
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => row[name] ?? null));
  return fitted(names.map(inWords), cells, width);
}

/** The same for columns that may have the same name. */
export function fitted(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  width: number,
): string {
  const table = tableOf(names, rows);
  if (table.split("\n").every((line) => line.length <= width)) return table;
  return rows.map((row) => linesOf(names, row, width)).join("\n\n");
}

function tableOf(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns = names.map((name, index) => {
    const cells = rows.map((row) => show(row[index] ?? null));
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    const isNumeric = rows.every((row) => isNumber(row[index] ?? null));
    return [name, ...cells].map((cell) => isNumeric ? cell.padStart(width) : cell.padEnd(width));
  });
  return Array.from(
    { length: rows.length + 1 },
    (_, line) => columns.map((cells) => cells[line]).join("  ").trimEnd(),
  ).join("\n");
}

function linesOf(names: readonly string[], cells: readonly Cell[], width = Infinity): string {
  const column = Math.max(0, ...names.map((name) => name.length)) + 2;
  return names.flatMap((name, index) =>
    piecesOf(show(cells[index] ?? null), Math.max(width - column, 20))
      .map((piece, line) => `${(line === 0 ? name : "").padEnd(column)}${piece}`)
  ).join("\n");
}

/** Its lines, each cut where it is wider than the terminal. */
function piecesOf(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const pieces = [line.slice(0, width)];
    for (let at = width; at < line.length; at += width) pieces.push(line.slice(at, at + width));
    return pieces;
  });
}

function inWords(name: string): string {
  return name.replaceAll("_", " ");
}

/** Postgres sends numbers that JavaScript may not hold as text. */
function isNumber(cell: Cell): boolean {
  return cell === null || typeof cell === "number" ||
    (typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell));
}

function show(cell: Cell): string {
  if (cell === null || cell === "") return "-";
  // Postgres knows a time after all others; as a Date it is none.
  if (cell instanceof Date) {
    return isNaN(cell.getTime()) ? "infinity" : cell.toISOString().slice(0, 19) + "Z";
  }
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "number") return String(Math.round(cell * 100) / 100);
  return cell;
}
