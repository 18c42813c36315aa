import { z } from "zod";
import { api, publicKeys, resultAccess } from "../../../shared/config.ts";

/** What this function reads of its environment, and nothing else. */
export const settings = z.object({
  ...api,
  ...publicKeys,
  ...resultAccess,
});
