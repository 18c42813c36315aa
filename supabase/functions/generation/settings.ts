import { z } from "zod";
import {
  browsers,
  database,
  isolate,
  moderation,
  project,
  refusalLimits,
  results,
  secretKeys,
  tokens,
  userLimits,
  workerSecret,
} from "../../../shared/config.ts";
import { providerSettings } from "../../../shared/providers/configured_providers.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...database,
  ...project,
  ...tokens,
  ...userLimits,
  ...refusalLimits,
  ...browsers,
  ...secretKeys,
  ...results,
  ...workerSecret,
  ...isolate,
  ...moderation,
  ...providerSettings,
});
