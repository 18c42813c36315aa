import { printError } from "../tools/command_line.ts";
import { repository } from "../tools/local/stack/folders.ts";
import { showStep } from "../tools/progress.ts";
import { type Report, runTests } from "./run_tests.ts";

/** What is looked at before anything is run, the quickest first. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  "Format": ["fmt", "--check"],
  "Lint": ["lint", "--quiet"],
  "Types": ["check", "--quiet"],
  "SQL": ["task", "--quiet", "check-sql"],
};

const FOLDERS = ["bench", "client", "shared", "supabase", "testing", "tests/structure", "tools"];

/** All that can be told without a stack. Throws after the first check that fails, with its words. */
export async function runGate(): Promise<Report> {
  for (const [name, args] of Object.entries(CHECKS)) await showStep(name, () => check(name, args));
  return await runTests(Deno.execPath(), ["--quiet", "--parallel", "--allow-all", ...FOLDERS]);
}

async function check(name: string, args: readonly string[]): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: repository,
    stdin: "null",
  });
  const { success, stdout, stderr } = await command.output();
  if (success) return;
  const decoder = new TextDecoder();
  printError(`\n${decoder.decode(stdout)}${decoder.decode(stderr)}`.trimEnd());
  throw new Error(`${name} is not as it should be: deno ${args.join(" ")}`);
}
