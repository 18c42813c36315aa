/** The part of the platform's runtime that keeps an isolate alive for work after the answer. */
interface EdgeRuntime {
  waitUntil(work: Promise<unknown>): void;
}

/**
 * Registers work that goes on after the answer, so that the platform does not end the isolate before
 * it is done. Elsewhere (plain Deno) the process lives on by itself. The work must not reject.
 *
 * https://supabase.com/docs/guides/functions/background-tasks
 */
export function waitUntil(work: Promise<void>): void {
  const { EdgeRuntime } = globalThis as { EdgeRuntime?: EdgeRuntime };
  EdgeRuntime?.waitUntil(work);
}
