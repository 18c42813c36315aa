import { setTimeout } from "node:timers/promises";
import { FUNCTION_NAMES, functionSettings, scripts } from "../functions.ts";
import type { ColdStart } from "../results.ts";
import { BENCH_PORT } from "../stack_settings.ts";
import { median } from "../statistics.ts";

const PORT = BENCH_PORT + 11;

/** Time from the start of each function's process to its first answer, and what of it is the code's. */
export async function measureColdStarts(rounds: number): Promise<ColdStart[]> {
  const times = scripts.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, script] of scripts.entries()) {
      const milliseconds = await timeStart(script);
      // The first fills the caches of the disk.
      if (round > 0) times[index]?.push(milliseconds);
    }
  }
  const [empty = 0, ...functions] = times.map(median);
  return functions.map((milliseconds, index) => ({
    name: FUNCTION_NAMES[index] ?? "",
    milliseconds,
    overEmpty: milliseconds - empty,
  }));
}

async function timeStart(script: string): Promise<number> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-net", "--allow-env", script],
    env: { ...functionSettings(), DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${PORT}` },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  try {
    while (!(await answers())) await setTimeout(2);
    return performance.now() - start;
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

async function answers(): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${PORT}/`, {
      headers: { connection: "close" },
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
