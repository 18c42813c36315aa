/**
 * The registry: one line per simulated provider.
 *
 * @module
 */
import { fluxSimulator } from "./flux/simulator.ts";
import { openAiSimulator } from "./openai/simulator.ts";
import { recraftSimulator } from "./recraft/simulator.ts";
import type { ProviderSimulator } from "./simulator.ts";
import { stabilitySimulator } from "./stability/simulator.ts";
import { tripoSimulator } from "./tripo/simulator.ts";

export const providerSimulators: readonly ProviderSimulator[] = [
  fluxSimulator,
  openAiSimulator,
  recraftSimulator,
  stabilitySimulator,
  tripoSimulator,
];
