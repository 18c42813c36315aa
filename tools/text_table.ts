/** What a cell of a table may hold; nothing is shown as a dash. */
export type Cell = string | number | boolean | Date | null;

/** A table for a terminal: columns as wide as they need, numbers to the right. */
export function textTable(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => {
    const cells = rows.map((row) => show(row[name] ?? null));
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    const isNumeric = rows.every((row) => isNumber(row[name] ?? null));
    return [name.replaceAll("_", " "), ...cells]
      .map((cell) => isNumeric ? cell.padStart(width) : cell.padEnd(width));
  });
  return Array.from(
    { length: rows.length + 1 },
    (_, line) => columns.map((cells) => cells[line]).join("  ").trimEnd(),
  ).join("\n");
}

/** One row, a line for each of its columns. */
export function textLines(row: Readonly<Record<string, Cell>>): string {
  const width = Math.max(0, ...Object.keys(row).map((name) => name.length));
  return Object.entries(row)
    .map(([name, cell]) => `${name.replaceAll("_", " ").padEnd(width)}  ${show(cell)}`)
    .join("\n");
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
