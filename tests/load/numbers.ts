import { print } from "../../tools/command_line.ts";

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Prints what a scene has seen. */
export function show(title: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  print(title);
  for (const row of rows) {
    print(`  ${Object.entries(row).map(([name, value]) => `${name} ${value}`).join(" | ")}`);
  }
}
