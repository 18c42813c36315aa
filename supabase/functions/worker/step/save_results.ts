import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { retry } from "../../../../shared/retry.ts";
import type { AssetStore } from "../../../../shared/storage/asset_store.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { inspectResult, InvalidResult } from "./inspect_result.ts";

/**
 * Stores results and returns their URLs, in order. Throws InvalidResult if one is not what it
 * should be, a ProviderError if it cannot be had, and the last error of Storage if that keeps failing.
 */
export type SaveResults = (
  claim: Pick<Claim, "taskId" | "userId">,
  kind: AssetKind,
  outputs: readonly Output[],
  signal: AbortSignal,
) => Promise<string[]>;

/** Waits between tries, in milliseconds. A paid result is worth more than one try. */
const RETRY_DELAYS = [500, 1_000, 2_000, 4_000, 8_000];

const FOLDERS = { image: "concepts", model: "models" };

export function createSaveResults(
  store: Pick<AssetStore, "save">,
  delays: readonly number[] = RETRY_DELAYS,
): SaveResults {
  async function saveOne(
    path: string,
    output: Output,
    kind: AssetKind,
    signal: AbortSignal,
  ): Promise<string> {
    // A worker that has lost the task must not write over what the next one stores.
    signal.throwIfAborted();
    const content = await output.open();
    const { body, type, failure } = await inspectResult(content, kind).catch((error) => {
      throw sourceFailure(error);
    });
    return await store.save(`${path}.${type.extension}`, body, type).catch((error) => {
      // An upload whose source broke off fails, too, but that is not the fault of Storage.
      throw failure() === undefined ? error : sourceFailure(failure());
    });
  }

  return async ({ taskId, userId }, kind, outputs, signal) => {
    const urls: string[] = [];
    // One after the other: the memory of an isolate is small, and files may be large.
    for (const [index, output] of outputs.entries()) {
      const path = `${userId}/${FOLDERS[kind]}/${taskId}/${index}`;
      urls.push(
        await retry(() => saveOne(path, output, kind, signal), { delays, signal, isRetryable }),
      );
    }
    return urls;
  };
}

function sourceFailure(cause: unknown): Error {
  if (cause instanceof InvalidResult) return cause;
  return new ProviderError("provider_unavailable", `The result broke off: ${cause}`, { cause });
}

/** What is no result stays none, and a URL that has died stays dead. */
function isRetryable(error: unknown): boolean {
  if (error instanceof ProviderError) return error.retryable && error.code !== "invalid_result";
  return !(error instanceof InvalidResult);
}
