import assert from "node:assert/strict";
import { listWorkers } from "./workers.ts";

/** The memory that a process has in use now, in megabytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] })
    .output();
  return Math.round(Number(new TextDecoder().decode(stdout)) / 1024);
}

/**
 * The most memory of its own that a process has had in use at once, in megabytes; on Linux. Not the
 * program, which all isolates of a machine share.
 */
export async function peakMegabytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const megabytes = (name: string): number => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
    if (kilobytes === undefined) throw new Error(`The system does not tell ${name}`);
    return Number(kilobytes) / 1024;
  };
  return Math.round(megabytes("VmHWM") - megabytes("RssFile"));
}

/** The most memory that an isolate of the worker has while the work is done, in megabytes. */
export async function peakOfWorkers(work: () => Promise<unknown>): Promise<number> {
  const seen: number[] = [];
  let isOver = false;
  const end = work().finally(() => isOver = true);
  // Without a pause: what is refused is over in less than a second. An isolate may end with the work.
  while (!isOver) {
    for (const pid of await listWorkers()) seen.push(await residentMegabytes(pid));
  }
  await end;
  assert.ok(seen.length > 3, "the memory was hardly looked at");
  return Math.max(...seen);
}
