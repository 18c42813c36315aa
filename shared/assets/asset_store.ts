import { createClient } from "@supabase/supabase-js";
import type { Asset } from "../providers/adapter.ts";
import { ProviderError } from "../providers/provider_error.ts";
import { assetAddress, parseAssetAddress } from "./asset_address.ts";
import { detectInputType, type MediaType } from "./media_type.ts";

/** A hung Storage must not hold a step for ever; the largest models take a while. */
const TIMEOUT_MILLISECONDS = 300_000;

/** A year: once its task is complete, a file never changes under its path, which holds the task's id. */
const CACHE_CONTROL = "31536000, immutable";

export interface AssetStoreSettings {
  readonly supabaseUrl: string;
  /** Address that apps use. */
  readonly publicUrl: string;
  readonly secretKey: string;
  readonly bucket: string;
}

/** Reads inputs and stores results, past all policies: whose they are has been checked before. */
export interface AssetStore {
  /** Writes a file, over what an earlier attempt may have left there. Returns its permanent address. */
  save(path: string, body: ReadableStream<Uint8Array>, type: MediaType): Promise<string>;
  /** Removes results that nobody is shown. */
  remove(paths: readonly string[]): Promise<void>;
  /** The file behind an address. Throws a ProviderError if it is gone, or is not of the kind. */
  read(address: string, kind: "image" | "model"): Promise<Asset>;
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
    async save(path, body, { mediaType }) {
      const { error } = await storage.from(bucket).upload(path, body, {
        contentType: mediaType,
        cacheControl: CACHE_CONTROL,
        upsert: true,
        duplex: "half",
      });
      if (error) {
        throw new Error(`Cannot store ${bucket}/${path}: ${error.message}`, { cause: error });
      }
      return assetAddress(publicUrl, { bucket, path });
    },

    async remove(paths) {
      const { error } = await storage.from(bucket).remove([...paths]);
      if (error) throw new Error(`Cannot remove files of ${bucket}: ${error.message}`);
    },

    async read(address, kind) {
      const location = parseAssetAddress(address, [supabaseUrl, publicUrl]);
      if (!location) throw new ProviderError("invalid_input", `Not in this Storage: ${address}`);
      const { data, error } = await storage.from(location.bucket).download(location.path);
      if (error) {
        const code = isMissing(error) ? "invalid_input" : "storage_failed";
        throw new ProviderError(code, `Cannot read ${address}: ${error.message}`, { cause: error });
      }
      const bytes = new Uint8Array(await data.arrayBuffer());
      const type = await detectInputType(bytes, kind);
      if (!type) throw new ProviderError("invalid_input", `No ${kind}: ${address}`);
      return { bytes, ...type };
    },
  };
}

/** Storage says so with a status that its errors carry as a number or as text. */
function isMissing(error: object): boolean {
  const statuses = ["status", "statusCode"].map((name) => String(Reflect.get(error, name)));
  return statuses.includes("404") || statuses.includes("400");
}
