import type { AssetFacts } from "../../../../shared/contract/asset_facts.ts";
import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Log } from "../../../../shared/log.ts";
import type { Content, Output } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { AssetStore } from "../../../../shared/storage/asset_store.ts";
import type { MediaType } from "../../../../shared/storage/media_type.ts";
import { watchFacts } from "../facts/watch_facts.ts";
import { cleanDrawing, MAX_DRAWING_BYTES } from "../drawings/clean_drawing.ts";
import type { MemorySemaphore } from "../memory_semaphore.ts";
import { type InspectedResult, inspectResult, InvalidResult } from "./inspect_result.ts";

/** One result on its way to Storage. */
export interface ResultFile {
  /** Without the extension, which its bytes decide. */
  readonly path: string;
  readonly output: Output;
  readonly kind: AssetKind;
}

/** One result in Storage. */
export interface StoredResult {
  readonly url: string;
  readonly facts: AssetFacts;
}

export interface StoreResultDependencies {
  readonly store: Pick<AssetStore, "save">;
  readonly log: Pick<Log, "warn">;
  /** Memory for drawings, which may be in it as a whole. */
  readonly drawings: Pick<MemorySemaphore, "acquire">;
}

/** What nobody can say is harmless: browsers download it, and neither show nor run it. */
const FOR_DOWNLOAD: MediaType = { mediaType: "application/octet-stream", extension: "bin" };

/**
 * Stores a result as it is, but for drawings: they are stored without what could run or fetch, and
 * those that cannot be cleaned, because they are paid all the same, as a file for download.
 */
export async function storeResult(
  { store, log, drawings }: StoreResultDependencies,
  file: ResultFile,
  signal: AbortSignal,
): Promise<StoredResult> {
  const result = await open(file);
  if (result.type.extension !== "svg") return await save(store, file, result, signal);

  let unclean: unknown;
  const giveBack = await acquire(drawings, result, signal);
  try {
    const body = cleanDrawing(result.body, (reason) => unclean = reason);
    return await save(store, file, { ...result, body }, signal);
  } catch (error) {
    if (unclean === undefined) throw error;
  } finally {
    giveBack();
  }
  log.warn("drawing stored for download only", { path: file.path, reason: String(unclean) });
  signal.throwIfAborted();
  const original = await open(file);
  return await save(store, file, { ...original, type: FOR_DOWNLOAD }, signal);
}

async function acquire(
  drawings: StoreResultDependencies["drawings"],
  { body }: InspectedResult,
  signal: AbortSignal,
): Promise<() => void> {
  try {
    return await drawings.acquire(MAX_DRAWING_BYTES, signal);
  } catch (error) {
    await body.cancel(error);
    throw error;
  }
}

async function open({ output, kind }: ResultFile): Promise<InspectedResult> {
  const content: Content = await output.open();
  return await inspectResult(content, kind).catch((error) => {
    throw sourceFailure(error);
  });
}

async function save(
  store: Pick<AssetStore, "save">,
  { path }: ResultFile,
  { body, type, failure }: InspectedResult,
  signal: AbortSignal,
): Promise<StoredResult> {
  const watched = watchFacts(body, type);
  const url = await store.save(`${path}.${type.extension}`, watched.body, type, signal)
    .catch((error) => {
      // An upload whose source broke off fails, too, but that is not the fault of Storage.
      throw failure() === undefined ? error : sourceFailure(failure());
    });
  return { url, facts: await watched.facts() };
}

function sourceFailure(cause: unknown): Error {
  if (cause instanceof InvalidResult || cause instanceof ProviderError) return cause;
  return new ProviderError("provider_unavailable", `The result broke off: ${cause}`, { cause });
}
