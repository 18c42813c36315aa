import { fileURLToPath } from "node:url";
import { repository } from "./folders.ts";
import { Service, type ServiceHost } from "./service.ts";
import { answers } from "./supabase_services.ts";

/** The simulated providers. */
export function createSimulators({
  port,
  gatewayPort,
  latencyMs,
  host,
}: {
  readonly port: number;
  /** Of the project, whose files a service may be given by their URLs. */
  readonly gatewayPort: number;
  /** How long a simulated generation takes, in milliseconds. */
  readonly latencyMs: number;
  readonly host: ServiceHost;
}): Service {
  return new Service({
    name: "simulators",
    program: Deno.execPath(),
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      // A request's signal is to tell that the client hung up, not that it was answered.
      "--unstable-no-legacy-abort",
      `--allow-net=127.0.0.1:${port},127.0.0.1:${gatewayPort}`,
      "--allow-env",
      "--allow-read",
      fileURLToPath(new URL("../../../simulators/main.ts", import.meta.url)),
    ],
    cwd: repository,
    env: { SIMULATOR_PORT: String(port), SIMULATOR_LATENCY_MS: String(latencyMs) },
    host,
    isReady: () => answers(`http://127.0.0.1:${port}/_health`),
  });
}
