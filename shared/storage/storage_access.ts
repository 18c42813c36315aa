import { traceHeaders } from "../current_trace.ts";

/** Storage, past all policies. */
export interface StorageAccess {
  readonly supabaseUrl: string;
  readonly secretKey: string;
}

/** The headers of a request that no policy stops. */
export function secretHeaders({ secretKey }: StorageAccess): Record<string, string> {
  return { apikey: secretKey, authorization: `Bearer ${secretKey}`, ...traceHeaders() };
}
