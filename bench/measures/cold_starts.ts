import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { databaseUrl } from "../../dev/stack/database.ts";
import type { ColdStart } from "../results.ts";
import { ports, projectUrl, secrets } from "../stack.ts";
import { BENCH_PORT, OVERRIDES } from "../stack_settings.ts";
import { median } from "../statistics.ts";

const PORT = BENCH_PORT + 11;

const NAMES = ["generation", "tasks-status", "worker"] as const;

/** Time from the start of each function's process to its first answer, and what of it is the code's. */
export async function measureColdStarts(rounds: number): Promise<ColdStart[]> {
  const scripts = [
    fileURLToPath(new URL("../empty_function.ts", import.meta.url)),
    ...NAMES.map((name) =>
      fileURLToPath(new URL(`../../supabase/functions/${name}/index.ts`, import.meta.url))
    ),
  ];
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
    name: NAMES[index] ?? "",
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

function functionSettings(): Record<string, string> {
  return {
    ...OVERRIDES,
    SUPABASE_URL: projectUrl,
    SUPABASE_DB_URL: databaseUrl(ports.database, secrets.databasePassword),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    JWT_SECRET: secrets.jwtSecret,
    WORKER_SECRET: secrets.workerSecret,
  };
}
