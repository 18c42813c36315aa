import { createClient } from "@supabase/supabase-js";
import { assetAddress } from "./asset_address.ts";
import type { MediaType } from "./media_type.ts";

/** A hung Storage must not hold a step for ever. */
const TIMEOUT_MILLISECONDS = 60_000;

/** A year: a file never changes under its path, which holds the id of its task. */
const CACHE_CONTROL = "31536000, immutable";

export interface AssetStoreSettings {
  readonly supabaseUrl: string;
  /** Address that apps use. */
  readonly publicUrl: string;
  readonly secretKey: string;
  readonly bucket: string;
}

/** Stores results. */
export interface AssetStore {
  /** Writes a file, over what an earlier attempt may have left there. Returns its permanent address. */
  save(path: string, bytes: Uint8Array, type: MediaType): Promise<string>;
}

export function createAssetStore(settings: AssetStoreSettings): AssetStore {
  const { supabaseUrl, publicUrl, secretKey, bucket } = settings;
  const { storage } = createClient(supabaseUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input, init) =>
        fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }),
    },
  });
  return {
    async save(path, bytes, { mediaType }) {
      const { error } = await storage
        .from(bucket)
        .upload(path, bytes, { contentType: mediaType, cacheControl: CACHE_CONTROL, upsert: true });
      if (error) {
        throw new Error(`Cannot store ${bucket}/${path}: ${error.message}`, { cause: error });
      }
      return assetAddress(publicUrl, { bucket, path });
    },
  };
}
