import { z } from "zod";
import {
  budget,
  database,
  isolate,
  project,
  results,
  secretKeys,
  workerSecret,
} from "../../../shared/config.ts";
import { providerSettings } from "../../../shared/providers/configured_providers.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...database,
  ...project,
  ...secretKeys,
  ...results,
  ...workerSecret,
  ...isolate,
  ...budget,
  ...providerSettings,
});
