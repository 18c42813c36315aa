/**
 * Memory of a worker: the platform gives an isolate 256 MB, and sends it no more requests from the
 * half of it on (https://supabase.com/docs/guides/functions/limits). Measured by
 * `tests/platform/memory`: with both bounds used up as many starts as may be stay below 200 MB.
 */

/** Tasks that are started, held at once. */
export const MAX_STARTS = 15;

/** Tasks that are polled, held at once: a share of their own, so that neither waits for the other. */
export const MAX_POLLS = 20;

/** Input files of all running steps. Each byte is in memory about three times: read, as a file, sent. */
export const MAX_INPUT_BYTES = 16_000_000;

/**
 * Drawings that are being cleaned: usually a part of each is in memory, but one may be a single path.
 */
export const MAX_DRAWING_BYTES_HELD = 10_000_000;

/** Results of all running steps that came with an answer, from its first byte until they are stored. */
export const MAX_RESULT_BYTES_HELD = 24_000_000;
