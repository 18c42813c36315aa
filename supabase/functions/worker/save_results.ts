import type { AssetStore } from "../../../shared/assets/asset_store.ts";
import { detectMediaType } from "../../../shared/assets/media_type.ts";
import type { Output } from "../../../shared/providers/adapter.ts";
import { retry } from "../../../shared/retry.ts";
import type { Claim } from "../../../shared/tasks/task.ts";

/** The provider answered something that is no result. */
export class InvalidResult extends Error {
  override readonly name = "InvalidResult";
}

/**
 * Stores results and returns their addresses, in order. Throws InvalidResult if one is not what it
 * should be, and the last error of Storage if that keeps failing.
 */
export type SaveResults = (
  claim: Pick<Claim, "taskId" | "userId">,
  kind: "image" | "model",
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
    { bytes }: Output,
    kind: "image" | "model",
    signal: AbortSignal,
  ): Promise<string> {
    // A worker that has lost the task must not write over what the next one stores.
    signal.throwIfAborted();
    const type = await detectMediaType(bytes, kind);
    if (!type) {
      throw new InvalidResult(`Result of ${bytes.length} bytes is no ${kind}`);
    }
    const file = `${path}.${type.extension}`;
    return await retry(() => store.save(file, bytes, type), { delays, signal });
  }

  return async ({ taskId, userId }, kind, outputs, signal) => {
    const addresses: string[] = [];
    // One after the other: the memory of an isolate is small, and files may be large.
    for (const [index, output] of outputs.entries()) {
      const path = `${userId}/${FOLDERS[kind]}/${taskId}/${index}`;
      addresses.push(await saveOne(path, output, kind, signal));
    }
    return addresses;
  };
}
