import { createClient } from "@supabase/supabase-js";
import { traceHeaders } from "../current_trace.ts";
import { ProviderError } from "../providers/provider_error.ts";
import { assetUrl, encodePath } from "./asset_url.ts";
import type { MediaType } from "./media_type.ts";
import { type WatchedUpload, watchUpload } from "./watched_upload.ts";

/** A hung Storage must not hold a step for ever. */
const TIMEOUT_MILLISECONDS = 60_000;

/** A Storage that takes nothing of an upload for this long will not. The largest models take a while. */
const IDLE_MILLISECONDS = 30_000;

/** A year: once its task is complete, a file never changes under its path, which holds the task's id. */
const CACHE_CONTROL = "31536000, immutable";

export interface AssetStoreSettings {
  readonly supabaseUrl: string;
  /** URL that apps use. */
  readonly publicUrl: string;
  readonly secretKey: string;
  readonly bucket: string;
  /** Whether everybody who has a URL may read there. */
  readonly isPublic: boolean;
  /** How long an upload may stand still. Default: half a minute. */
  readonly idleMilliseconds?: number;
}

/** Stores results, past all policies: whose they are has been checked before. */
export interface AssetStore {
  /**
   * Writes a file, over what an earlier attempt may have left there, and looks whether it is there.
   * Returns its permanent URL; throws a ProviderError, final if another try would not change it.
   *
   * @param signal Ends the upload.
   */
  save(
    path: string,
    body: ReadableStream<Uint8Array>,
    type: MediaType,
    signal: AbortSignal,
  ): Promise<string>;
  /** Removes files of a bucket. */
  remove(bucket: string, paths: readonly string[]): Promise<void>;
}

export function createAssetStore(settings: AssetStoreSettings): AssetStore {
  const { supabaseUrl, publicUrl, secretKey, bucket, isPublic } = settings;
  const { idleMilliseconds = IDLE_MILLISECONDS } = settings;
  // The client passes a body on as it is, but no signal.
  const uploadSignals = new WeakMap<object, AbortSignal>();
  const { storage } = createClient(supabaseUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
        const signal = init?.body instanceof ReadableStream && uploadSignals.get(init.body);
        const headers = new Headers(init?.headers);
        for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value);
        return fetch(input, {
          ...init,
          headers,
          signal: signal || AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        });
      },
    },
  });

  async function upload(
    path: string,
    mediaType: string,
    { body, signal }: WatchedUpload,
  ): Promise<void> {
    uploadSignals.set(body, signal);
    const { error } = await storage.from(bucket).upload(encodePath(path), body, {
      contentType: mediaType,
      cacheControl: CACHE_CONTROL,
      upsert: true,
      duplex: "half",
    });
    // What the project does not take, for its size or its type, it never takes.
    if (error) throw storeFailure(path, error, hasStatus(error, "413", "415"));
  }

  /** A Storage in trouble may say that it has stored what it has not. */
  async function confirm(path: string, length: number): Promise<void> {
    const { data, error } = await storage.from(bucket).info(encodePath(path));
    if (error) throw storeFailure(path, error);
    // The local Storage tells the length beside the media type. One that does not tell has the file.
    const told = [data.size, data.metadata?.["size"]].find((size) => typeof size === "number");
    if (told === undefined || told === length) return;
    throw storeFailure(path, new Error(`${told} bytes are there instead of ${length}`));
  }

  function storeFailure(path: string, cause: Error, final = false): ProviderError {
    const message = `Cannot store ${bucket}/${path}: ${cause.message}`;
    return new ProviderError("storage_failed", message, { cause, final });
  }

  return {
    async save(path, body, { mediaType }, signal) {
      const watched = watchUpload(body, signal, idleMilliseconds);
      try {
        await upload(path, mediaType, watched);
      } finally {
        await watched.end();
      }
      await confirm(path, watched.length());
      return assetUrl(publicUrl, { bucket, path }, isPublic ? "public" : "authenticated");
    },

    async remove(from, paths) {
      const { error } = await storage.from(from).remove([...paths]);
      if (error) throw new Error(`Cannot remove files of ${from}: ${error.message}`);
    },
  };
}

/** Storage tells with a status that its errors carry as a number or as text. */
function hasStatus(error: object, ...statuses: string[]): boolean {
  return ["status", "statusCode"].some((name) =>
    statuses.includes(String(Reflect.get(error, name)))
  );
}
