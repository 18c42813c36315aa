import { repository } from "../tools/local/stack/folders.ts";

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs a command that ends in `deno test`, shows what it prints, and counts its tests. Throws if it
 * fails otherwise than by a test.
 */
export async function runTests(
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

export function sumOf(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Steps count as tests, too: each is a case of its own. */
function readCount(report: string): Count {
  const totalOf = (name: string): number => {
    const total = new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(report)?.[1];
    return Number(total ?? 0);
  };
  const failed = totalOf("failures") + totalOf("errors");
  return { passed: totalOf("tests") - failed, failed };
}
