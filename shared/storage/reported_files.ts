import { createClient } from "@supabase/supabase-js";

/** Where the operator finds what was reported. No policy opens it. */
const REPORTED_BUCKET = "reported";

/** A hung Storage must not hold the maintenance for ever. */
const TIMEOUT_MILLISECONDS = 60_000;

export interface ReportedFilesSettings {
  readonly supabaseUrl: string;
  readonly secretKey: string;
  /** The bucket of results. */
  readonly bucket: string;
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
  { supabaseUrl, secretKey, bucket }: ReportedFilesSettings,
): ReportedFiles {
  const { storage } = createClient(supabaseUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
        fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }),
    },
  });

  async function removeFrom(from: string, paths: readonly string[]): Promise<void> {
    const { error } = await storage.from(from).remove([...paths]);
    if (error) throw new Error(`Cannot remove files of ${from}: ${error.message}`);
  }

  return {
    async hide(path) {
      const options = { destinationBucket: REPORTED_BUCKET };
      const { error } = await storage.from(bucket).move(path, path, options);
      if (error) throw new Error(`Cannot move ${bucket}/${path}: ${error.message}`);
    },
    drop: (paths) => removeFrom(bucket, paths),
    remove: (paths) => removeFrom(REPORTED_BUCKET, paths),
  };
}
