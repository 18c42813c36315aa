import { printError } from "../tools/command_line.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { showStep } from "../tools/progress.ts";
import { PLAYGROUND } from "../tools/playground/build_playground.ts";
import { type Report, runTests, sumOf } from "./run_tests.ts";

interface Check {
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** What is looked at before anything is run, the quickest first. */
const CHECKS: Readonly<Record<string, Check>> = {
  "Format": { args: ["fmt", "--check"] },
  "Format of the playground": { args: ["fmt", "--check"], cwd: PLAYGROUND },
  "Lint": { args: ["lint", "--quiet"] },
  "Lint of the playground": { args: ["lint", "--quiet"], cwd: PLAYGROUND },
  "Types": { args: ["check", "--quiet"] },
  // It is a page: what it has are a browser's globals.
  "Types of the playground": { args: ["check", "--quiet"], cwd: PLAYGROUND },
  "SQL": { args: ["task", "--quiet", "check-sql"] },
};

const FOLDERS = ["bench", "client", "shared", "supabase", "testing", "tests/structure", "tools"];

/** All that can be told without a stack. Throws after the first check that fails, with its words. */
export async function runGate(): Promise<Report> {
  for (const [name, one] of Object.entries(CHECKS)) await showStep(name, () => check(name, one));
  const flags = ["--quiet", "--parallel", "--allow-all"];
  const ofPlayground = ["--config", `${PLAYGROUND}/deno.json`, ...flags, PLAYGROUND];
  return sumOf([
    await runTests(Deno.execPath(), [...flags, ...FOLDERS]),
    await runTests(Deno.execPath(), ofPlayground),
  ]);
}

async function check(name: string, { args, cwd = repository }: Check): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    stdin: "null",
  });
  const { success, stdout, stderr } = await command.output();
  if (success) return;
  const decoder = new TextDecoder();
  printError(`\n${decoder.decode(stdout)}${decoder.decode(stderr)}`.trimEnd());
  throw new Error(`${name} is not as it should be: deno ${args.join(" ")}`);
}
