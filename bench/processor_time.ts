import { foldersOf } from "../tools/local/stack/folders.ts";
import { findService, findStarter } from "../tools/local/stack/leftovers.ts";
import { BENCH_PORT } from "./stack_settings.ts";

/** What of the stack takes processor time, as the page names it. */
export const PARTS = ["caller", "gateway", "function", "worker", "Postgres"] as const;

/** In microseconds. */
export type ProcessorTime = Readonly<Record<(typeof PARTS)[number], number>>;

/** The kernel counts in these. */
const TICK_MICROSECONDS = 10_000;

type ProcessTimes = ReadonlyMap<number, { readonly parent: number; readonly time: number }>;

/**
 * Processor time of each part while the work is done. Unlike the time on the clock it is hardly
 * longer when others use the machine. Undefined where the system has no `/proc`.
 *
 * @param functionName The one that is called.
 */
export async function processorTimeOf(
  functionName: string,
  work: () => Promise<unknown>,
): Promise<ProcessorTime | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  const { stack } = foldersOf(BENCH_PORT);
  const [postgres, gateway, called, worker] = await Promise.all([
    findService(stack, "bin/postgres"),
    findStarter(stack),
    findService(stack, `functions/${functionName}/index.ts`),
    findService(stack, "functions/worker/index.ts"),
  ]);
  const before = await readTimes();
  await work();
  const after = await readTimes();

  const spent = (pid: number | undefined): number =>
    pid === undefined ? 0 : (after.get(pid)?.time ?? 0) - (before.get(pid)?.time ?? 0);
  const servers = [...after].filter(([pid, { parent }]) => pid === postgres || parent === postgres);
  return {
    caller: spent(Deno.pid),
    gateway: spent(gateway),
    function: spent(called),
    worker: spent(worker),
    Postgres: servers.reduce((sum, [pid]) => sum + spent(pid), 0),
  };
}

async function readTimes(): Promise<ProcessTimes> {
  const times = new Map<number, { parent: number; time: number }>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end while the others are read.
    const text = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    // Behind the name, which may have blanks: state, parent, …, the 12th and 13th are times.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
    const ticks = (fields[11] ?? 0) + (fields[12] ?? 0);
    if (text) times.set(Number(name), { parent: fields[1] ?? 0, time: ticks * TICK_MICROSECONDS });
  }
  return times;
}
