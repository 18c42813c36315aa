/**
 * Serves the simulated providers, on 127.0.0.1 unless SIMULATOR_HOST says otherwise.
 *
 * `SIMULATOR_PORT=8790 deno run --allow-net --allow-env --allow-read
 * simulators/main.ts`
 *
 * @module
 */
import { z } from "zod";
import { createSimulatorApp } from "./app.ts";
import { providerSimulators } from "./providers.ts";

const settingsSchema = z.object({
  /** 0.0.0.0: containers reach them, too, and whoever else reaches this machine. */
  SIMULATOR_HOST: z.string().min(1).default("127.0.0.1"),
  SIMULATOR_PORT: z.coerce.number().int().min(1).max(65_535),
  SIMULATOR_LATENCY_MS: z.coerce.number().int().min(0).default(0),
  SIMULATOR_OPENAI_IMAGES_PER_MINUTE: z.coerce.number().int().min(1).optional(),
});

const settings = settingsSchema.parse({
  SIMULATOR_HOST: Deno.env.get("SIMULATOR_HOST"),
  SIMULATOR_PORT: Deno.env.get("SIMULATOR_PORT"),
  SIMULATOR_LATENCY_MS: Deno.env.get("SIMULATOR_LATENCY_MS"),
  SIMULATOR_OPENAI_IMAGES_PER_MINUTE: Deno.env.get("SIMULATOR_OPENAI_IMAGES_PER_MINUTE"),
});

const app = createSimulatorApp({
  latencyMs: settings.SIMULATOR_LATENCY_MS,
  openaiImagesPerMinute: settings.SIMULATOR_OPENAI_IMAGES_PER_MINUTE,
});

Deno.serve(
  {
    hostname: settings.SIMULATOR_HOST,
    port: settings.SIMULATOR_PORT,
    onListen: ({ hostname, port }): void => {
      const prefixes = providerSimulators.map(({ name }) => `/${name}`).join(", ");
      // deno-lint-ignore no-console -- the one line that tells a person or a script that it is up
      console.log(`Simulated providers listening on http://${hostname}:${port} (${prefixes})`);
    },
  },
  app.fetch,
);
