import { z } from "zod";
import { upTo } from "./characters.ts";
import { words } from "./fields.ts";

/** Body of a report. */
export const reportRequest = z.strictObject({
  reason: upTo(1_000, words)
    .describe("What is wrong with the result, in the user's words, for the operator"),
});

export type ReportRequest = z.infer<typeof reportRequest>;
