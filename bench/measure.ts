import { repository } from "../tools/local/stack/folders.ts";
import { Stack } from "../tools/local/stack/stack.ts";
import { showStep } from "../tools/progress.ts";
import { BENCH_PORT, ISOLATE_RULES, OVERRIDES } from "./stack_settings.ts";

/** Starts a new stack, and has a script measure on it. Both have ended when this returns. */
export async function measure(script: string, undo: AsyncDisposableStack): Promise<void> {
  const stack = new Stack({
    port: BENCH_PORT,
    fresh: true,
    overrides: OVERRIDES,
    isolates: { rules: ISOLATE_RULES },
    latencyMs: 0,
    step: showStep,
  });
  undo.defer(() => stack.stop());
  await stack.start();
  // A process of its own: the stack's gateway runs in this one and is to have it for itself.
  const measuring = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "--unstable-no-legacy-abort", script],
    cwd: repository,
    stdin: "null",
  }).spawn();
  let hasEnded = false;
  undo.defer(async () => {
    if (!hasEnded) measuring.kill("SIGTERM");
    await measuring.status;
  });
  const { success } = await measuring.status;
  hasEnded = true;
  if (!success) throw new Error(`No results. Logs: ${stack.folders.stack}/logs`);
}
