import { z } from "zod";
import { browsers, database, project, tokens, userLimits } from "../../../shared/config.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...database,
  ...project,
  ...tokens,
  ...userLimits,
  ...browsers,
});
