import { z } from "zod";
import {
  browsers,
  database,
  isolate,
  project,
  results,
  secretKeys,
  tokens,
  workerSecret,
} from "../../../shared/config.ts";
import { providerSettings } from "../../../shared/providers/configured_providers.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...database,
  ...project,
  ...tokens,
  ...browsers,
  ...secretKeys,
  ...results,
  ...workerSecret,
  ...isolate,
  ...providerSettings,
});
