/**
 * `deno task test [tier…]`: runs tiers of tests (see tiers.ts), the everyday ones without a name. Ends
 * with the time of each tier beside its limit and the number of tests, and by itself.
 */
import { join } from "node:path";
import { main, print } from "../tools/command_line.ts";
import { test } from "../tools/commands/development_commands.ts";
import { foldersOf, repository } from "../tools/local/stack/folders.ts";
import { run } from "../tools/local/stack/run.ts";
import { installTool } from "../tools/local/stack/tools.ts";
import { showStep } from "../tools/progress.ts";
import { besideBusyLoops } from "./busy.ts";
import { runGate } from "./gate.ts";
import { reportLines } from "./report.ts";
import { type Report, runTests, sumOf } from "./run_tests.ts";
import { runOnStacks, withStacks } from "./shared_stacks.ts";
import { testPorts } from "./support/test_ports.ts";
import { testFiles } from "./test_files.ts";
import { chooseTiers, type TierName, tiers } from "./tiers.ts";

const deno = Deno.execPath();
const quiet = ["--quiet", "--allow-all"];
/** As many as keep a machine with two cores from doing anything in time. */
const BUSY_LOOPS = 2;

/** Folders of `tests` that are tiers of their own, or belong to one. */
const OTHER_TIERS = [
  "browser",
  "clients",
  "platform",
  "upgrade",
  "faults",
  "load",
  "soak",
  "structure",
].map((
  name,
) => `tests/${name}`);

/** Tests with a stack of their own: those of shared ones, which they restart at times, go on beside. */
const BESIDE = [
  "local_stack_test.ts",
  "phone_test.ts",
  "runbook/three_in_the_morning_test.ts",
].map((name) => `tests/${name}`);

const work: Readonly<Record<TierName, () => Promise<Report>>> = {
  gate: runGate,
  simulators: () => runTests(deno, [...quiet, "--parallel", "simulators"]),
  stack: async () => {
    const files = await testFiles("tests", [...OTHER_TIERS, ...BESIDE]);
    // They mostly wait: for a provider, a lease, or what is done now and then.
    const ports = [testPorts.shared, testPorts.secondShared];
    return await withStacks(ports, () =>
      atOnce([
        runTests(deno, [...quiet, ...BESIDE]),
        ...runOnStacks(deno, quiet, { files, ports }),
      ]));
  },
  clients: () => withStack(() => runTests(deno, [...quiet, "tests/clients"])),
  browser: () => withStack(() => runTests(deno, [...quiet, "tests/browser"])),
  platform: async () =>
    sumOf([
      await runWithHostedDeno(),
      await withStack(() => runTests(deno, [...quiet, "tests/platform", "tests/upgrade"])),
    ]),
  faults: () => withStack(() => runTests(deno, [...quiet, "tests/load", "tests/faults"])),
  soak: async () =>
    sumOf([
      await runChaos(),
      await withStack(() => runTests(deno, [...quiet, "tests/soak"])),
    ]),
};

await main(test, async ({ operands, values: { busy } }) => {
  const results: (Report & { readonly name: TierName; readonly minutes: number })[] = [];
  for (const name of chooseTiers(operands)) {
    print(`\n${name}: ${tiers[name].description}`);
    const startedAt = performance.now();
    const isBusy = busy && name === "gate";
    const count = await (isBusy ? besideBusyLoops(BUSY_LOOPS, work[name]) : work[name]());
    results.push({ ...count, name, minutes: (performance.now() - startedAt) / 60_000 });
  }
  print();
  for (const { name, minutes, passed, failed, ignored } of results) {
    const { limitMinutes } = tiers[name];
    // Shown and no failure: how long it takes is the machine's doing, too.
    const excess = minutes > limitMinutes ? ", OVER ITS LIMIT" : "";
    const time = `${minutes.toFixed(1)} of ${limitMinutes} minutes${excess}`;
    const counts = [`${passed} passed`, `${failed.length} failed`, `${ignored.length} ignored`];
    print(`${name}: ${time}, ${counts.join(", ")}.`);
  }
  print(`\n${reportLines(results).join("\n")}`);
  Deno.exit(sumOf(results).failed.length > 0 ? 1 : 0);
});

/** The sum of runs. Throws what broke one of them when all have ended. */
async function atOnce(runs: readonly Promise<Report>[]): Promise<Report> {
  await Promise.allSettled(runs);
  return sumOf(await Promise.all(runs));
}

async function runChaos(): Promise<Report> {
  const options = ["--allow-all", "--unstable-no-legacy-abort"];
  const command = new Deno.Command(deno, {
    args: ["run", ...options, "tests/soak/chaos/main.ts"],
    cwd: repository,
  });
  const { success } = await command.spawn().status;
  const chaos = { file: "tests/soak/chaos/main.ts", name: "500 tasks while everything fails" };
  return { passed: success ? 1 : 0, failed: success ? [] : [chaos], ignored: [] };
}

/** The platform runs an older Deno: what that cannot check, or does otherwise, is wrong there. */
async function runWithHostedDeno(): Promise<Report> {
  const hostedDeno = await installTool(foldersOf(testPorts.shared).tools, "hostedDeno");
  // This older one trusts only its own list, newer ones also the machine's.
  const env = { DENO_TLS_CA_STORE: "mozilla,system" };
  await showStep("Types of the functions with the Deno of the platform", async () => {
    const entries = ["account", "generation", "operator", "tasks-status", "worker"].map((name) =>
      join("supabase/functions", name, "index.ts")
    );
    await run(hostedDeno, ["check", "--quiet", "--no-lock", ...entries], { cwd: repository, env });
  });
  print("Unit tests with the Deno of the platform");
  // Types of tests are those of the newer one, which has checked them.
  const options = ["--no-check", "--no-lock", "--parallel", ...quiet];
  return await runTests(hostedDeno, [...options, "shared", "supabase/functions"], { env });
}

async function withStack<T>(work: () => Promise<T>): Promise<T> {
  return await withStacks([testPorts.shared], work);
}
