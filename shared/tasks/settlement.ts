import type { JSONValue } from "postgres";
import type { CallRecord } from "../providers/adapter.ts";
import type { Results } from "../contract/asset_facts.ts";
import type { Redact } from "../redact.ts";
import {
  boundedCost,
  boundedDelay,
  boundedName,
  boundedPercentage,
  boundedRateLimit,
  boundedSeed,
  boundedWords,
  MAX_PAUSE_SECONDS,
  MAX_POLL_DELAY_SECONDS,
  storable,
} from "../providers/bounds.ts";
import type { RateLimit } from "../providers/rate_limit.ts";
import type { Outcome } from "./task.ts";

/** An outcome as `private.settle_task` takes it. */
export function settlementOf(outcome: Outcome, redact: Redact): JSONValue {
  switch (outcome.kind) {
    case "complete":
      return {
        kind: outcome.kind,
        asset_urls: outcome.assetUrls,
        ...(outcome.results && { results: boundedResults(outcome.results) }),
        ...(outcome.warnings && { warnings: outcome.warnings }),
        call: ledgerEntry(outcome.call),
      };
    case "snooze":
      return {
        kind: outcome.kind,
        handle: storable(outcome.handle),
        delay_seconds: boundedDelay(outcome.delaySeconds, MAX_POLL_DELAY_SECONDS),
        progress: boundedPercentage(outcome.progress) ?? null,
        call: ledgerEntry(outcome.call),
      };
    case "failure":
      return {
        kind: outcome.kind,
        error_code: outcome.errorCode,
        detail: storableWords(outcome.detail, redact),
        reason: outcome.reason ?? null,
        is_retryable: outcome.isRetryable,
        is_final: outcome.isFinal,
        is_ambiguous: outcome.isAmbiguous,
        is_billed: outcome.isBilled,
        ended_unbilled: outcome.endedUnbilled,
        is_own_cut: outcome.isOwnCut,
        pause_scope: outcome.pauseScope,
        unlisted_host: boundedName(outcome.unlistedHost) ?? null,
        delay_seconds: boundedDelay(outcome.delaySeconds, MAX_PAUSE_SECONDS),
        call: ledgerEntry(outcome.call, outcome.retryAfterSeconds),
      };
    case "not_found":
    case "release":
      return { kind: outcome.kind };
  }
}

/** Words for the operator, as a row takes them. */
export function storableWords(words: string, redact: Redact): string {
  // Before redacting, because a NUL hides a secret; afterwards, because a cut may halve a pair.
  return storable(redact(storable(words)));
}

const NO_DETAIL = "The details of this outcome could not be stored";

/** The same without what is only told: for details that the database refuses. */
export function withoutDetails(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case "complete":
      return { ...outcome, results: {}, call: {} };
    case "snooze":
      return { ...outcome, progress: undefined, call: {} };
    case "failure":
      return { ...outcome, detail: NO_DETAIL, unlistedHost: undefined, call: {} };
    case "not_found":
    case "release":
      return outcome;
  }
}

function boundedResults(
  { assets = [], preview_url, seed, revised_prompt }: Results,
): JSONValue {
  const told = {
    preview_url: boundedWords(preview_url),
    seed: boundedSeed(seed),
    revised_prompt: boundedWords(revised_prompt),
  };
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return { assets, ...Object.fromEntries(known) };
}

function ledgerEntry(call: CallRecord, retryAfterSeconds = 0): JSONValue {
  const seconds = boundedDelay(retryAfterSeconds, MAX_PAUSE_SECONDS);
  return {
    model: boundedName(call.model) ?? null,
    provider_request_id: boundedName(call.providerRequestId) ?? null,
    provider_task_id: boundedName(call.providerTaskId) ?? null,
    retry_after_seconds: seconds > 0 ? seconds : null,
    cost_usd: boundedCost(call.costUsd) ?? null,
    rate_limit: rateLimitEntry(boundedRateLimit(call.rateLimit)),
  };
}

function rateLimitEntry(rateLimit: RateLimit | undefined): JSONValue {
  if (!rateLimit) return null;
  const { limit = null, remaining = null, resetSeconds = null } = rateLimit;
  return { limit, remaining, reset_seconds: resetSeconds };
}
