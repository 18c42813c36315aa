import { createClient } from "@supabase/supabase-js";
import type { AssetKind } from "../contract/operations.ts";
import type { Asset } from "../providers/adapter.ts";
import { ProviderError } from "../providers/provider_error.ts";
import { assetUrl, parseAssetUrl } from "./asset_url.ts";
import { detectInputType, HEAD_BYTES, type MediaType } from "./media_type.ts";

/** A hung Storage must not hold a step for ever; the largest models take a while. */
const TIMEOUT_MILLISECONDS = 300_000;

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
}

/** Reads inputs and stores results, past all policies: whose they are has been checked before. */
export interface AssetStore {
  /** Writes a file, over what an earlier attempt may have left there. Returns its permanent URL. */
  save(path: string, body: ReadableStream<Uint8Array>, type: MediaType): Promise<string>;
  /** Removes results that nobody is shown. */
  remove(paths: readonly string[]): Promise<void>;
  /** The file behind a URL. Throws a ProviderError if it is gone, or is not of the kind. */
  read(url: string, kind: AssetKind): Promise<Asset>;
}

export function createAssetStore(settings: AssetStoreSettings): AssetStore {
  const { supabaseUrl, publicUrl, secretKey, bucket, isPublic } = settings;
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
        // What is too large for the project stays so.
        const final = hasStatus(error, "413");
        const message = `Cannot store ${bucket}/${path}: ${error.message}`;
        throw new ProviderError("storage_failed", message, { cause: error, final });
      }
      return assetUrl(publicUrl, { bucket, path }, isPublic ? "public" : "authenticated");
    },

    async remove(paths) {
      const { error } = await storage.from(bucket).remove([...paths]);
      if (error) throw new Error(`Cannot remove files of ${bucket}: ${error.message}`);
    },

    async read(url, kind) {
      const location = parseAssetUrl(url, [supabaseUrl, publicUrl]);
      if (!location) throw new ProviderError("invalid_input", `Not in this Storage: ${url}`);
      const { data, error } = await storage.from(location.bucket).download(location.path);
      if (error) {
        const isMissing = hasStatus(error, "404", "400");
        const code = isMissing ? "invalid_input" : "storage_failed";
        throw new ProviderError(code, `Cannot read ${url}: ${error.message}`, { cause: error });
      }
      const head = new Uint8Array(await data.slice(0, HEAD_BYTES).arrayBuffer());
      const type = await detectInputType(head, kind);
      if (!type) throw new ProviderError("invalid_input", `No ${kind}: ${url}`);
      return { content: data, ...type };
    },
  };
}

/** Storage tells with a status that its errors carry as a number or as text. */
function hasStatus(error: object, ...statuses: string[]): boolean {
  return ["status", "statusCode"].some((name) =>
    statuses.includes(String(Reflect.get(error, name)))
  );
}
