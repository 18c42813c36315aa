import type { Log } from "../../../../shared/log.ts";
import type { Preview } from "../../../../shared/providers/adapter.ts";
import type { AssetStore } from "../../../../shared/storage/asset_store.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { inspectResult, InvalidResult } from "./inspect_result.ts";
import { resultFolder } from "./result_folder.ts";

/** Far above what services render, some hundred thousand bytes. */
export const MAX_PREVIEW_BYTES = 5 * 1024 * 1024;

/** For all of it: the model is stored by then, and its task waits for no picture. */
const MAX_SECONDS = 10;

/**
 * Keeps the picture of a model and returns its URL; undefined if there is none, or none that can be had
 * at once. Never throws, and ends with the signal.
 */
export type SavePreview = (
  claim: Pick<Claim, "taskId" | "userId">,
  preview: Preview | undefined,
  signal: AbortSignal,
) => Promise<string | undefined>;

/**
 * A picture is stored beside its model, under a name that begins with the model's: what removes the
 * model removes it, too.
 */
export function createSavePreview(
  store: Pick<AssetStore, "save">,
  log: Pick<Log, "warn">,
  maxMilliseconds = MAX_SECONDS * 1_000,
): SavePreview {
  return async (claim, preview, signal) => {
    if (preview?.kind !== "output") return preview?.url;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(maxMilliseconds)]);
    const path = `${resultFolder(claim, "model")}/0.preview`;
    try {
      return await untilAborted(save(store, path, preview, limit), limit);
    } catch (error) {
      log.warn("preview left out", { task_id: claim.taskId, path, reason: String(error) });
      return undefined;
    }
  };
}

async function save(
  store: Pick<AssetStore, "save">,
  path: string,
  preview: Extract<Preview, { readonly kind: "output" }>,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const { type, body } = await inspectResult(
    await preview.open(signal),
    "image",
    MAX_PREVIEW_BYTES,
  );
  if (type.extension === "svg") {
    await body.cancel();
    throw new InvalidResult("A drawing, which would have to be cleaned");
  }
  return await store.save(`${path}.${type.extension}`, body, type, signal);
}

/** Waits no longer than that, whatever the work waits for. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  return Promise.race([work, promise]);
}
