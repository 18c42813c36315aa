import { createClient } from "@supabase/supabase-js";
import type { AssetStore } from "./asset_store.ts";

/** Where the operator finds what was reported. No policy opens it. */
const REPORTED_BUCKET = "reported";

/** A hung Storage must not hold the maintenance for ever. */
const TIMEOUT_MILLISECONDS = 60_000;

export interface ReportedFilesSettings {
  readonly supabaseUrl: string;
  readonly secretKey: string;
  /** The bucket of results. */
  readonly bucket: string;
  readonly store: Pick<AssetStore, "remove">;
}

/** Files of results that users have reported. Each throws if Storage does not do it. */
export interface ReportedFiles {
  /** Moves a result to where only the operator finds it, under the same path. */
  hide(path: string): Promise<void>;
  /** Removes results from the bucket of results. */
  drop(paths: readonly string[]): Promise<void>;
  /** Removes what the operator is done with. */
  remove(paths: readonly string[]): Promise<void>;
}

export function createReportedFiles(
  { supabaseUrl, secretKey, bucket, store }: ReportedFilesSettings,
): ReportedFiles {
  const { storage } = createClient(supabaseUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
        fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }),
    },
  });

  return {
    async hide(path) {
      const options = { destinationBucket: REPORTED_BUCKET };
      const { error } = await storage.from(bucket).move(path, path, options);
      if (error) throw new Error(`Cannot move ${bucket}/${path}: ${error.message}`);
    },
    drop: (paths) => store.remove(bucket, paths),
    remove: (paths) => store.remove(REPORTED_BUCKET, paths),
  };
}
