import assert from "node:assert/strict";
import { z } from "zod";
import { assetFacts } from "../shared/contract/asset_facts.ts";
import { MAX_WORDS } from "../shared/redact.ts";

const text = z.string().max(255).refine((value) => value.isWellFormed() && !value.includes("\0"));

const words = z.string().max(32_000).refine((value) =>
  value.isWellFormed() && !value.includes("\0")
);

const call = z.strictObject({
  model: text.nullable(),
  provider_request_id: text.nullable(),
  provider_task_id: text.nullable(),
  retry_after_seconds: z.int().min(1).max(900).nullable(),
  cost_usd: z.number().min(0).max(1_000).nullable(),
  rate_limit: z.strictObject({
    limit: z.int().min(1).max(1_000_000).nullable(),
    remaining: z.int().min(0).max(1_000_000).nullable(),
    reset_seconds: z.number().min(0).max(3_600).nullable(),
  }).nullable(),
});

/** What the columns, timers and readers of a settlement can bear. */
const settlement = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("complete"),
    asset_urls: z.array(z.string()).min(1),
    results: z.strictObject({
      assets: z.array(assetFacts.strict()).min(1),
      preview_url: words.optional(),
      seed: z.int().optional(),
      revised_prompt: words.optional(),
    }),
    call,
  }),
  z.strictObject({
    kind: z.literal("snooze"),
    handle: z.string().min(1).max(32_768).refine((value) => value.isWellFormed()),
    delay_seconds: z.int().min(0).max(120),
    progress: z.int().min(0).max(100).nullable(),
    call,
  }),
  z.looseObject({
    kind: z.literal("failure"),
    error_code: z.string(),
    detail: z.string().max(MAX_WORDS).refine((value) => value.isWellFormed()),
    delay_seconds: z.int().min(0).max(900),
    call,
  }),
]);

/** Fails if a settlement has anything that its row could not. */
export function assertInBounds(value: unknown, where: string): void {
  const { error } = settlement.safeParse(value);
  assert.ok(!error, `${where}: ${error && z.prettifyError(error)} in ${JSON.stringify(value)}`);
}
