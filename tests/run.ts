/**
 * `deno task test`: the fast gate, the functions and their unit tests with the Deno of the platform,
 * then the database and end-to-end tests on a stack of their own. Ends with the number of tests, and
 * by itself.
 */
import { join } from "node:path";
import { main, print, printError } from "../tools/command_line.ts";
import { showStep } from "../tools/progress.ts";
import { foldersOf, repository } from "../tools/local/stack/folders.ts";
import { run } from "../tools/local/stack/run.ts";
import { Stack } from "../tools/local/stack/stack.ts";
import { installTool } from "../tools/local/stack/tools.ts";
import { testPorts } from "./support/test_ports.ts";

interface Count {
  readonly passed: number;
  readonly failed: number;
}

await main(async () => {
  const gate = await runTests(Deno.execPath(), ["task", "ok"]);
  const hosted = await runWithHostedDeno();
  const rest = await withStack(() =>
    runTests(Deno.execPath(), ["test", "--quiet", "--allow-all", "tests"])
  );

  const passed = gate.passed + hosted.passed + rest.passed;
  const failed = gate.failed + hosted.failed + rest.failed;
  print(`\n${passed} passed, ${failed} failed`);
  Deno.exit(failed > 0 ? 1 : 0);
});

/** Runs a command that ends in `deno test`, shows what it prints, and counts its tests. */
async function runTests(
  deno: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Count> {
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const command = new Deno.Command(deno, {
      args: [...args, `--junit-path=${report}`],
      cwd: repository,
      env,
      stdin: "null",
    });
    const { success } = await command.spawn().status;
    const count = readCount(await Deno.readTextFile(report));
    if (!success && count.failed === 0) throw new Error(`Failed: deno ${args.join(" ")}`);
    return count;
  } finally {
    await Deno.remove(report);
  }
}

/** Steps count as tests, too: each is a case of its own. */
function readCount(report: string): Count {
  const sumOf = (name: string): number => {
    const total = new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(report)?.[1];
    return Number(total ?? 0);
  };
  const failed = sumOf("failures") + sumOf("errors");
  return { passed: sumOf("tests") - failed, failed };
}

/** The platform runs an older Deno: what that cannot check, or does otherwise, is wrong there. */
async function runWithHostedDeno(): Promise<Count> {
  const hostedDeno = await installTool(foldersOf(testPorts.shared).tools, "hostedDeno");
  // This older one trusts only its own list, newer ones also the machine's.
  const env = { DENO_TLS_CA_STORE: "mozilla,system" };
  await showStep("Types of the functions with the Deno of the platform", async () => {
    const entries = ["generation", "tasks-status", "worker"].map((name) =>
      join("supabase/functions", name, "index.ts")
    );
    await run(hostedDeno, ["check", "--quiet", "--no-lock", ...entries], { cwd: repository, env });
  });
  print("Unit tests with the Deno of the platform");
  // Types of tests are those of the newer one, which has checked them.
  const options = ["--no-check", "--no-lock", "--quiet", "--parallel", "--allow-all"];
  return await runTests(hostedDeno, ["test", ...options, "shared", "supabase/functions"], env);
}

async function withStack<T>(work: () => Promise<T>): Promise<T> {
  const stack = new Stack({
    port: testPorts.shared,
    fresh: true,
    overrides: {},
    latencyMs: 0,
    step: showStep,
  });
  const stopped = (): void => {
    stack.stop().finally(() => Deno.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stopped);
  await stack.start();
  try {
    return await work();
  } catch (error) {
    printError(`Logs: ${stack.folders.stack}/logs`);
    throw error;
  } finally {
    await stack.stop();
  }
}
