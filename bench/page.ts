import { notes } from "./notes.ts";
import type { Machine, Results } from "./results.ts";
import { largeTables, standardTables } from "./tables.ts";

/** The page of the results; every number is of the runs it shows. */
export function benchmarksPage({ standard, large }: Results): string {
  const parts = ["# Benchmarks", notes.introduction];
  if (standard) {
    parts.push(
      "## Throughput and delay",
      `\`deno task bench\`, ${describeRun(standard)}`,
      "![Ratios to the floor](results.svg)",
      standardTables(standard),
      notes.standard,
    );
  }
  if (large) {
    const [finished, waiting] = [large.finishedTasks, large.waitingTasks].map((count) =>
      count.toLocaleString("en-US")
    );
    parts.push(
      "## What size changes",
      `\`deno task bench --large\`, ${describeRun(large)}`,
      `Empty: twenty users with two waiting tasks each, and nothing else. Large: ${finished} finished tasks with their ` +
        `results, messages in the archive and entries in the ledger, and ${waiting} tasks waiting ` +
        `in one lane; filling took ${Math.round(large.loadSeconds)} s.`,
      largeTables(large),
      notes.large,
    );
  }
  return `${parts.join("\n\n")}\n`;
}

function describeRun(
  { date, machine, seconds }: { date: string; machine: Machine; seconds: number },
): string {
  const { cores, memoryGigabytes, system, runtime, loadBefore } = machine;
  return [
    date.slice(0, 10),
    `${Math.round(seconds)} s`,
    `on ${cores} cores with ${memoryGigabytes} GB of memory`,
    system,
    runtime,
    `load before the first measurement: ${loadBefore.toFixed(2)}.`,
  ].join(", ");
}
