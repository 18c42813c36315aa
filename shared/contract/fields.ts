import { z } from "zod";

/** Text that the database can keep: no NUL, no half of a surrogate pair. */
export const text = z.string().refine(
  (value) => !value.includes("\0") && value.isWellFormed(),
  "Must be well-formed text without NUL characters",
);

/** Chosen by the client; the idempotency key within user and operation. */
export const taskId = text.max(200).regex(/\S/, "Must not be blank")
  .describe("Chosen by the app; makes the request safe to repeat");

/** URL of a file in the project's own Storage; what it may be is checked when it is looked up. */
export const assetUrl = text.min(1).max(2_000)
  .describe("URL of a file in the project's Storage");

/** Words for the provider: as many as any takes. A provider that takes fewer narrows it. */
export const prompt = text.trim().min(1).max(32_000)
  .describe("What the result is to show");
