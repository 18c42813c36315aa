/**
 * Memory of a worker: the platform gives an isolate 256 MB, and sends it no more requests from the
 * half of it on (https://supabase.com/docs/guides/functions/limits). Measured by
 * `tests/platform/worker_memory_test.ts`.
 */

/** Claims held at once. */
export const MAX_CLAIMS = 20;

/** Input files of all running steps. Each byte is in memory about three times: read, as a file, sent. */
export const MAX_INPUT_BYTES = 32_000_000;

/** Results of all running steps that came with an answer, from its first byte until they are stored. */
export const MAX_RESULT_BYTES_HELD = 48_000_000;
