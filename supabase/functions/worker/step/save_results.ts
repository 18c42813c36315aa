import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Log } from "../../../../shared/log.ts";
import type { Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { SlowDownload } from "../../../../shared/providers/transport/download.ts";
import { retry } from "../../../../shared/retry.ts";
import type { AssetStore } from "../../../../shared/storage/asset_store.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { MAX_DRAWING_BYTES_HELD } from "../memory_limits.ts";
import { MemorySemaphore } from "../memory_semaphore.ts";
import { InvalidResult } from "./inspect_result.ts";
import { resultFolder } from "./result_folder.ts";
import { type StoredResult, storeResult } from "./store_result.ts";

/**
 * Stores results and returns their URLs and facts, in order. One that is no result is left out if there are others.
 * Throws InvalidResult if none is what it should be, a ProviderError if one cannot be had, and the last
 * error of Storage if that keeps failing.
 *
 * What the provider still has is tried a few times: it is polled for again. What it has no more is
 * tried until the signal aborts, because there is no other copy of what was paid.
 */
export type SaveResults = (
  claim: Pick<Claim, "taskId" | "userId" | "handle" | "failedAttempts">,
  kind: AssetKind,
  outputs: readonly Output[],
  signal: AbortSignal,
) => Promise<StoredResult[]>;

/** Waits between tries, in milliseconds. */
export interface SaveDelays {
  readonly first: readonly number[];
  /** All further ones, for what there is no other copy of. */
  readonly further: number;
}

const DELAYS: SaveDelays = { first: [500, 1_000, 2_000, 4_000, 8_000], further: 15_000 };

export function createSaveResults(
  store: Pick<AssetStore, "save">,
  log: Pick<Log, "warn">,
  delays: SaveDelays = DELAYS,
): SaveResults {
  const dependencies = { store, log, drawings: new MemorySemaphore(MAX_DRAWING_BYTES_HELD) };
  return async (claim, kind, outputs, signal) => {
    const { taskId, handle, failedAttempts } = claim;
    // What the provider still has is fetched once more before the others are all there is.
    const mayComeStill = handle !== null && failedAttempts === 0;
    const stored: StoredResult[] = [];
    const failures: unknown[] = [];
    // One after the other: the memory of an isolate is small, and files may be large.
    for (const [index, output] of outputs.entries()) {
      const path = `${resultFolder(claim, kind)}/${index}`;
      const warn = (attempts: number): void =>
        log.warn("result cannot be stored yet", { task_id: taskId, path, attempts });
      const waits = handle === null ? endless(delays, warn) : delays.first;
      const save = (): Promise<StoredResult> => {
        // A worker that has lost the task must not write over what the next one stores.
        signal.throwIfAborted();
        return storeResult(dependencies, { path, output, kind }, signal);
      };
      try {
        stored.push(await retry(save, { delays: waits, signal, isRetryable }));
      } catch (error) {
        if (mayComeStill || !isNoResult(error)) throw error;
        log.warn("result left out", { task_id: taskId, path, reason: String(error) });
        failures.push(error);
      }
    }
    if (stored.length === 0 && failures.length > 0) throw failures[0];
    return stored;
  };
}

/** @param warn Told once, after so many tries, when it takes long. */
function* endless(
  { first, further }: SaveDelays,
  warn: (attempts: number) => void,
): Generator<number> {
  yield* first;
  warn(first.length + 1);
  while (true) yield further;
}

/** Nothing of it can be kept, now or later. */
function isNoResult(error: unknown): boolean {
  return error instanceof InvalidResult ||
    (error instanceof ProviderError && error.code === "invalid_result");
}

/**
 * What is no result stays none, a URL that has died stays dead, what is slow stays slow, and a host is
 * not listed by the next try.
 */
function isRetryable(error: unknown): boolean {
  if (error instanceof SlowDownload) return false;
  if (error instanceof ProviderError && error.unlistedHost !== undefined) return false;
  if (error instanceof ProviderError) return error.retryable && error.code !== "invalid_result";
  return !(error instanceof InvalidResult);
}
