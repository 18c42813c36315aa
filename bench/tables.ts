import { PARTS } from "./processor_time.ts";
import type {
  Delay,
  Drain,
  Flood,
  LargeRun,
  ModuleLoad,
  ProcessorShare,
  StandardRun,
  Throughput,
} from "./results.ts";
import type { Timing } from "./statistics.ts";
import { figure, markdownTable } from "./table.ts";

/** The tables of a run of `deno task bench`. */
export function standardTables(run: StandardRun): string {
  const { throughput, drain, delay, flood, processorTimes, coldStarts, moduleLoads } = run;
  return [
    throughputTable(throughput, drain),
    latencyTable(throughput),
    ...(processorTimes.length > 0 ? [processorTable(processorTimes)] : []),
    delayTable(delay),
    ...(flood ? [floodTable(flood)] : []),
    markdownTable(
      ["Cold start", "ms", "More than an empty function, ms"],
      coldStarts.map(({ name, milliseconds, overEmpty }) => [
        `\`${name}\``,
        figure(milliseconds),
        figure(overEmpty),
      ]),
    ),
    ...(moduleLoads.length > 0 ? [moduleTable(moduleLoads)] : []),
  ].join("\n\n");
}

/** The table of a run of `deno task bench --large`. */
export function largeTables({ growth }: LargeRun): string {
  return markdownTable(
    ["Median, ms", "Empty", "Large", "Ratio", "Target"],
    growth.map(({ name, empty, large, ratio, atMost }) => [
      name,
      figure(empty),
      figure(large),
      figure(ratio),
      atMost === undefined ? "" : verdict(`≤ ${atMost}`, ratio <= atMost),
    ]),
  );
}

function floodTable({ refusedPerSecond, quiet, flooded, p95Ratio, atMost }: Flood): string {
  return markdownTable(
    ["Submits of others, ms", "p50", "p95", "p99", "p95, ratio", "Target"],
    [
      ["Alone", ...percentiles(quiet), "", ""],
      [
        `Beside ${refusedPerSecond} refused a second`,
        ...percentiles(flooded),
        figure(p95Ratio),
        verdict(`≤ ${atMost}`, p95Ratio <= atMost),
      ],
    ],
  );
}

function throughputTable(throughput: readonly Throughput[], drain: Drain): string {
  const rows = throughput.map(({ name, callers, backend, floor, ratio, atLeast }) => [
    name,
    String(callers),
    figure(backend.perSecond),
    figure(floor.perSecond),
    figure(ratio),
    atLeast === undefined ? "" : verdict(`≥ ${atLeast}`, ratio >= atLeast),
  ]);
  const { callers, backendPerSecond, floorPerSecond, ratio, atLeast } = drain;
  const drained = [
    "Drained tasks",
    String(callers),
    figure(backendPerSecond),
    figure(floorPerSecond),
    figure(ratio),
    verdict(`≥ ${atLeast}`, ratio >= atLeast),
  ];
  const headings = ["Each second", "Callers", "Backend", "Floor", "Ratio", "Target"];
  return markdownTable(headings, [...rows, drained]);
}

function latencyTable(throughput: readonly Throughput[]): string {
  return markdownTable(
    ["Milliseconds", "Callers", "p50", "p95", "p99", "Floor p50", "Floor p95", "Floor p99"],
    throughput.map(({ name, callers, backend, floor }) => [
      name,
      String(callers),
      ...percentiles(backend),
      ...percentiles(floor),
    ]),
  );
}

function processorTable(shares: readonly ProcessorShare[]): string {
  return markdownTable(
    ["Processor time of a call, µs", ...PARTS, "All"],
    shares.map(({ name, microseconds }) => [
      name,
      ...[...microseconds, microseconds.reduce((sum, value) => sum + value, 0)].map(figure),
    ]),
  );
}

function delayTable({ name, backend, floor, p50AtMost, p99AtMost }: Delay): string {
  return markdownTable(
    ["Milliseconds", "p50", "p95", "p99", "Target p50", "Target p99"],
    [
      [
        name,
        ...percentiles(backend),
        verdict(`< ${p50AtMost}`, backend.p50 < p50AtMost),
        verdict(`< ${p99AtMost}`, backend.p99 < p99AtMost),
      ],
      ["Floor", ...percentiles(floor), "", ""],
    ],
  );
}

function moduleTable(loads: readonly ModuleLoad[]): string {
  return markdownTable(
    ["Module load", "Own files", "Their KB", "Packages", "ms", "Empty function, ms"],
    loads.map(({ name, files, bytes, packages, milliseconds, emptyMilliseconds }) => [
      `\`${name}\``,
      ...[files, bytes / 1000, packages, milliseconds, emptyMilliseconds].map(figure),
    ]),
  );
}

function percentiles({ p50, p95, p99 }: Timing): string[] {
  return [p50, p95, p99].map(figure);
}

function verdict(target: string, isMet: boolean): string {
  return `${target} ${isMet ? "met" : "missed"}`;
}
