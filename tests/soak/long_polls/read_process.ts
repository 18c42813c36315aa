/** What a process has taken so far. */
export interface ProcessUse {
  readonly processorSeconds: number;
  /** In memory now. */
  readonly bytes: number;
}

const TICKS_A_SECOND = 100;
const PAGE_BYTES = 4_096;

/** Reads the kernel's books of a process; Linux only. */
export async function readProcess(pid: number): Promise<ProcessUse> {
  const text = await Deno.readTextFile(`/proc/${pid}/stat`);
  // Behind the name, which may have blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
  return {
    processorSeconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_A_SECOND,
    bytes: (fields[21] ?? 0) * PAGE_BYTES,
  };
}
