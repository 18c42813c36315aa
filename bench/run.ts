/**
 * `deno task bench`: measures the backend on a stack of its own, prints what it found and writes
 * `docs/benchmarks`. `--large`: what a million tasks in the tables change. `--claims`: claims of many
 * at once, and beside an open snapshot; only printed. `--submits`: the same of submits, with caps and
 * without. `--against REF`: compares the working tree with
 * another commit instead. Ends by itself.
 */
import { main } from "../tools/command_line.ts";
import type { Given } from "../tools/commands/command.ts";
import { bench } from "../tools/commands/development_commands.ts";
import { compareWith } from "./compare/compare.ts";
import { measure } from "./measure.ts";
import { BENCH_PORT } from "./stack_settings.ts";

await main(bench, async ({ values }) => {
  const undo = new AsyncDisposableStack();
  const stopped = new Promise<number>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => resolve(130));
    }
  });
  let exitCode = 1;
  try {
    // What is stopped half-way fails in all ways; nobody waits for it any more.
    exitCode = await Promise.race([start(values, undo), stopped]);
  } finally {
    await undo.disposeAsync();
  }
  Deno.exit(exitCode);
});

async function start(
  { large, claims, submits, against, ...numbers }: Given<typeof bench>["values"],
  undo: AsyncDisposableStack,
): Promise<number> {
  const { rounds = "200", limit = "1.05", port = String(BENCH_PORT + 100) } = numbers;
  if (against === undefined) {
    const what = claims ? "claims" : submits ? "submits" : large ? "large" : "standard";
    await measure(`bench/measure_${what}.ts`, undo);
    return 0;
  }
  const options = {
    against,
    rounds: positive("rounds", rounds),
    limit: positive("limit", limit),
    port: positive("port", port),
  };
  return await compareWith(options, undo) ? 0 : 1;
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0: ${text}`);
  return number;
}
