/**
 * Memory of a worker: the platform gives an isolate 256 MB
 * (https://supabase.com/docs/guides/functions/limits).
 */

/** Claims held at once. The results of more would not fit; inputs are counted apart. */
export const MAX_CLAIMS = 20;

/** Input files of all running steps. Each byte is in memory about three times: read, as a file, sent. */
export const MAX_INPUT_BYTES = 32_000_000;
