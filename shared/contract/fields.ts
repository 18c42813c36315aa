import { z } from "zod";
import { upTo } from "./characters.ts";

/** Text that the database can keep: no NUL, no half of a surrogate pair. */
export const text = z.string().refine(
  (value) => !value.includes("\0") && value.isWellFormed(),
  "Must be well-formed text without NUL characters",
);

/** Chosen by the client; the idempotency key within user and operation. */
export const taskId = upTo(200, text).regex(/\S/, "Must not be blank")
  .describe("Chosen by the app; makes the request safe to repeat");

/** URL of a file in the project's own Storage; what it may be is checked when it is looked up. */
export const assetUrl = text.trim().min(1).max(2_000)
  .describe("URL of a file in the project's Storage");

/** Words for the provider, which says how many it takes. */
export const words = text.trim().min(1);

/** As many as any provider takes. One that takes fewer narrows it. */
export const prompt = upTo(32_000, words).describe("What the result is to show");
