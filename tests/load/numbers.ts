import { print } from "../../tools/command_line.ts";

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

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
