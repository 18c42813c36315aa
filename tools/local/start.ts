/** `deno task dev`: starts the local stack and keeps it running until Ctrl-C. */
import { DEFAULT_PORT, main, print, printError, readEnvFile, readPort } from "../command_line.ts";
import { dev } from "../commands/local_commands.ts";
import { endOfNpx } from "../npx.ts";
import { showStep } from "../progress.ts";
import { environmentOf } from "./stack/environment.ts";
import { readReach } from "./stack/reach.ts";
import { Stack } from "./stack/stack.ts";
import { currentPlayground } from "../playground/current_playground.ts";
import { welcome } from "./welcome.ts";

/** Long enough to see a task being processed, short enough not to wait. */
const LATENCY_MILLISECONDS = 1_500;

await main(dev, async ({ values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const overrides = readEnvFile();
  const latencyMs = LATENCY_MILLISECONDS;
  const stack = new Stack({
    port,
    fresh: values.fresh,
    reach: readReach(values.host, values["public-url"]),
    overrides,
    latencyMs,
    step: showStep,
    onCrash: ({ name, reason, logFile }) =>
      printError(`${name} has ended (${reason}), and is started again. Its log: ${logFile}`),
  });
  const stopped = stopWhenAsked(stack);

  const start = performance.now();
  print("Starting MakeIt3D on this machine");
  // Its packages are fetched while the services start. Without it everything else works.
  const playground = currentPlayground().catch((error) => error);
  const secrets = await Promise.race([stack.start(), stopped]);
  if (secrets) {
    const built = await Promise.race([playground, stopped]);
    if (built instanceof Error) printError(`The playground cannot be built: ${built.message}`);
    const seconds = (performance.now() - start) / 1000;
    print(welcome(stack, environmentOf(stack.ports, secrets), overrides, seconds));
  }
  await stopped;
  // What a start was about to do when it was stopped must not keep the process alive.
  Deno.exit();
});

/** Resolves when somebody has asked for the end and everything has stopped. */
async function stopWhenAsked(stack: Stack): Promise<void> {
  const signaled = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      Deno.addSignalListener(signal, resolve);
    }
  });
  await Promise.race([signaled, endOfNpx()]);
  print("\nStopping");
  await stack.stop();
}
