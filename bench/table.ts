/** A Markdown table; the columns of numbers stand to the right. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = headings.map((heading, column) =>
    Math.max(3, heading.length, ...rows.map((row) => row[column]?.length ?? 0))
  );
  const isNumeric = headings.map((_, column) =>
    rows.every((row) => /^[<≥≤-]?[\d., ]*( [a-z]+)?$/.test(row[column] ?? ""))
  );
  const line = (cells: readonly string[]): string =>
    `| ${
      cells.map((cell, column) => pad(cell, widths[column] ?? 0, isNumeric[column])).join(" | ")
    } |`;
  const rule = widths.map((width, column) =>
    isNumeric[column] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)
  );
  return [line(headings), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

function pad(cell: string, width: number, isNumeric: boolean | undefined): string {
  return isNumeric ? cell.padStart(width) : cell.padEnd(width);
}

/** Three figures are what a noisy machine is good for. */
export function figure(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });
}
