import { z } from "zod";
import {
  api,
  isolate,
  moderation,
  refusalLimits,
  results,
  secretKeys,
  workerSecret,
} from "../../../shared/config.ts";
import { providerSettings } from "../../../shared/providers/configured_providers.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...api,
  ...refusalLimits,
  ...secretKeys,
  ...results,
  ...workerSecret,
  ...isolate,
  ...moderation,
  ...providerSettings,
});
