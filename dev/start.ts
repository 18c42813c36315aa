/** `deno task dev`: starts the local stack and keeps it running until Ctrl-C. */
import { main, print, readCommandLine, readEnvFile } from "./command_line.ts";
import { showStep } from "./progress.ts";
import { environmentOf } from "./stack/environment.ts";
import { Stack } from "./stack/stack.ts";
import { welcome } from "./welcome.ts";

/** Long enough to see a task being processed, short enough not to wait. */
const LATENCY_MILLISECONDS = 1_500;

await main(async () => {
  const { port, fresh } = readCommandLine(Deno.args);
  const overrides = readEnvFile();
  const latencyMs = LATENCY_MILLISECONDS;
  const stack = new Stack({
    port,
    fresh,
    overrides,
    latencyMs,
    step: showStep,
  });
  const stopped = stopOnSignal(stack);

  const start = performance.now();
  print("Starting MakeIt3D on this machine");
  const secrets = await Promise.race([stack.start(), stopped]);
  if (secrets) {
    const seconds = (performance.now() - start) / 1000;
    print(
      welcome(stack, environmentOf(stack.ports, secrets), overrides, seconds),
    );
    await stopped;
  }
  // What a start was about to do when it was stopped must not keep the process alive.
  Deno.exit();
});

/** Resolves when a signal has come and everything has stopped. */
function stopOnSignal(stack: Stack): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = async (): Promise<void> => {
      if (stopping) return;
      stopping = true;
      print("\nStopping");
      await stack.stop();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      Deno.addSignalListener(signal, stop);
    }
  });
}
