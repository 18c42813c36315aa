import { setTimeout } from "node:timers/promises";

/** npx, the shell it runs commands in, `deno task`: who stands above a task that npx has started. */
const ANCESTORS = 3;
const INTERVAL_MILLISECONDS = 1_000;

/**
 * Resolves when the npx that started this process has ended; never, if none did. npx passes on no
 * signal: who ends it by one would leave the stack running.
 */
export async function endOfNpx(): Promise<void> {
  if (Deno.env.get("npm_command") !== "exec") return await new Promise(() => {});
  const ancestors: number[] = [];
  for (let pid = Deno.ppid; pid > 1 && ancestors.length < ANCESTORS; pid = await parentOf(pid)) {
    ancestors.push(pid);
  }
  while ((await Promise.all(ancestors.map(parentOf))).every((parent) => parent > 0)) {
    await setTimeout(INTERVAL_MILLISECONDS);
  }
}

/** 0 if there is no such process. */
async function parentOf(pid: number): Promise<number> {
  const ps = new Deno.Command("ps", { args: ["-o", "ppid=", "-p", String(pid)] });
  return Number(new TextDecoder().decode((await ps.output()).stdout));
}
