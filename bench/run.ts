/**
 * `deno task bench`: measures the backend on a stack of its own, prints what it found and writes
 * `docs/benchmarks`. `--large`: what a million tasks in the tables change. Ends by itself.
 */
import { parseArgs } from "node:util";
import { main } from "../tools/command_line.ts";
import { showStep } from "../tools/progress.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { Stack } from "../tools/local/stack/stack.ts";
import { BENCH_PORT, OVERRIDES } from "./stack_settings.ts";

await main(async () => {
  const { values } = parseArgs({ options: { large: { type: "boolean", default: false } } });
  const stack = new Stack({
    port: BENCH_PORT,
    fresh: true,
    overrides: OVERRIDES,
    latencyMs: 0,
    step: showStep,
  });
  let measuring: Deno.ChildProcess | undefined;
  const stopped = (): void => {
    measuring?.kill("SIGTERM");
    stack.stop().finally(() => Deno.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stopped);
  await stack.start();
  try {
    // A process of its own: the stack's gateway runs in this one and is to have it for itself.
    measuring = new Deno.Command(Deno.execPath(), {
      args: [
        ["run", "--quiet", "--allow-all", "--unstable-no-legacy-abort"],
        [values.large ? "bench/measure_large.ts" : "bench/measure_standard.ts"],
      ].flat(),
      cwd: repository,
      stdin: "null",
    }).spawn();
    const { success } = await measuring.status;
    if (!success) throw new Error(`No results. Logs: ${stack.folders.stack}/logs`);
  } finally {
    await stack.stop();
  }
  Deno.exit();
});
