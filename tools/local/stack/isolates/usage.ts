import type { Usage } from "./rules.ts";

/** The kernel counts processor time in these. */
const TICKS_PER_SECOND = 100;

/**
 * What a process has used of processor and memory as the platform counts them for an isolate:
 *
 * - Processor: that of its main thread, on which its code runs. What V8 compiles and collects on
 *   threads beside is not the isolate's.
 * - Memory: what the process has for itself (`RssAnon`), which the program of Deno, mapped from its
 *   file, is no part of. A process that does nothing has 10 to 20 MB of it.
 *
 * Undefined when the process is gone. Other systems than Linux do not tell; there it is as nothing,
 * and only the length of its life limits an isolate.
 */
export function readUsage(pid: number): Omit<Usage, "lifeSeconds"> | undefined {
  if (Deno.build.os !== "linux") return { processorSeconds: 0, memoryBytes: 0 };
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/stat`);
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const memoryBytes = memoryBytesIn(status);
    // One that has ended has no memory.
    if (memoryBytes === undefined) return undefined;
    return { processorSeconds: processorSecondsIn(stat), memoryBytes };
  } catch {
    return undefined;
  }
}

/** Of `/proc/…/stat`: its 14th and 15th value, counted behind the name, which may have blanks. */
function processorSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND;
}

function memoryBytesIn(status: string): number | undefined {
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
