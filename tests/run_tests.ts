import { repository } from "../tools/local/stack/folders.ts";
import { showDots } from "./dots.ts";
import { readJunit } from "./junit.ts";

/** A test that did not pass. */
export interface NamedTest {
  readonly file: string;
  readonly name: string;
}

/** What has become of the tests of a run. Steps count as tests, too: each is a case of its own. */
export interface Report {
  readonly passed: number;
  readonly failed: readonly NamedTest[];
  readonly ignored: readonly NamedTest[];
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isShown?: boolean;
}

/**
 * Runs `deno test`, which shows a dot for each test and at the end what has failed, and reads its
 * report. Throws if it fails otherwise than by a test.
 */
export async function runTests(
  deno: string,
  args: readonly string[],
  { env = {}, isShown = true }: RunOptions = {},
): Promise<Report> {
  const file = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const command = new Deno.Command(deno, {
      args: ["test", "--reporter=dot", `--junit-path=${file}`, ...args],
      cwd: repository,
      env,
      stdin: "null",
      stdout: "piped",
      stderr: isShown ? "inherit" : "null",
    });
    const process = command.spawn();
    await showDots(process.stdout, isShown ? undefined : () => {});
    const { success } = await process.status;
    const report = readJunit(await Deno.readTextFile(file));
    if (!success && report.failed.length === 0) throw new Error(`Failed: deno ${args.join(" ")}`);
    return report;
  } finally {
    await Deno.remove(file);
  }
}

export function sumOf(reports: readonly Report[]): Report {
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.flatMap(({ failed }) => failed),
    ignored: reports.flatMap(({ ignored }) => ignored),
  };
}
