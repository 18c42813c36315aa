import { z } from "zod";
import { api } from "../../../shared/config.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...api,
});
