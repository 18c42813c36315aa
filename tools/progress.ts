import { writeAll } from "./command_line.ts";

/** Shows the parts of a long work: what is under way, then how long it took. */
export async function showStep<T>(name: string, work: () => Promise<T>): Promise<T> {
  const isTerminal = Deno.stdout.isTerminal();
  const start = performance.now();
  if (isTerminal) writeAll(Deno.stdout, `  … ${name}`);
  const result = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  writeAll(Deno.stdout, `${isTerminal ? "\r" : ""}  ✓ ${name} (${seconds} s)\n`);
  return result;
}
