import { z } from "zod";
import { text } from "./fields.ts";

/** Body of a report. */
export const reportRequest = z.strictObject({
  reason: text.trim().min(1).max(1_000)
    .describe("What is wrong with the result, in the user's words, for the operator"),
});

export type ReportRequest = z.infer<typeof reportRequest>;
