import { printError } from "../tools/command_line.ts";
import { Stack } from "../tools/local/stack/stack.ts";
import { showStep } from "../tools/progress.ts";
import { type Report, runTests, sumOf } from "./run_tests.ts";
import { inTurns } from "./test_files.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Files take from a second to minutes: with so many the stacks end at about the same time. */
const PARTS = 8;

/** Starts new stacks that tests share, each from its first port on, and stops them whatever happens. */
export async function withStacks<T>(ports: readonly number[], work: () => Promise<T>): Promise<T> {
  const stacks: Stack[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(stacks.map((stack) => stack.stop()));
  };
  const stopped = (): void => {
    stopAll().finally(() => Deno.exit(130));
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stopped);
  try {
    // One after the other: the first installs what they need.
    for (const port of ports) await startStack(port, stacks);
    return await work();
  } catch (error) {
    for (const { folders } of stacks) printError(`Logs: ${folders.stack}/logs`);
    throw error;
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, stopped);
    await stopAll();
  }
}

async function startStack(port: number, stacks: Stack[]): Promise<void> {
  const stack = new Stack({ port, fresh: true, overrides: {}, latencyMs: 0, step: showStep });
  stacks.push(stack);
  try {
    await stack.start();
  } catch (error) {
    // It has stopped by itself, or its folder is another's.
    stacks.pop();
    throw error;
  }
}

/**
 * Starts to run files with tests on stacks, which are named by their first ports: whichever is free takes
 * the next part of them. On each stack one file is run at a time. Returns a run for each stack.
 */
export function runOnStacks(
  deno: string,
  args: readonly string[],
  { files, ports }: { readonly files: readonly string[]; readonly ports: readonly number[] },
): Promise<Report>[] {
  const left = inTurns(files, PARTS);
  return ports.map(async (port) => {
    const reports: Report[] = [];
    for (let part = left.shift(); part; part = left.shift()) {
      reports.push(await runTests(deno, [...args, ...part], { env: { TEST_PORT: String(port) } }));
    }
    return sumOf(reports);
  });
}
