import type { ProviderId } from "../../shared/providers/catalog.ts";
import { fluxLimits } from "./flux.ts";
import type { ProviderLimits } from "./limits.ts";
import { openaiLimits } from "./openai.ts";
import { recraftLimits } from "./recraft.ts";
import { stabilityLimits } from "./stability.ts";
import { tripoLimits } from "./tripo.ts";

/** What the API promises of every parameter of every pair, apart from the code that keeps it. */
export const limits: Readonly<Record<ProviderId, ProviderLimits>> = {
  openai: openaiLimits,
  stability: stabilityLimits,
  recraft: recraftLimits,
  flux: fluxLimits,
  tripo: tripoLimits,
};
