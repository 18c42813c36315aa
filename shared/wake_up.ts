import type { Log } from "./log.ts";

/** The worker answers at once. */
const TIMEOUT_MILLISECONDS = 3_000;

/** How the worker is reached. */
export interface WorkerEndpoint {
  readonly workerUrl: string;
  readonly secret: string;
  /** Where it is to run, instead of near whoever wakes it; see `databaseRegion`. */
  readonly region?: string | undefined;
  readonly log: Log;
}

/**
 * Asks the platform for a worker, once. Never rejects: a request that fails costs nothing but time,
 * because the schedule wakes the worker, too.
 */
export async function sendWakeUp(
  { workerUrl, secret, region, log }: WorkerEndpoint,
): Promise<void> {
  try {
    const response = await fetch(workerUrl, {
      method: "POST",
      headers: { apikey: secret, ...region !== undefined && { "x-region": region } },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    await response.body?.cancel();
    if (!response.ok) log.warn("worker not woken", { status: response.status });
  } catch (error) {
    log.warn("worker not woken", { reason: String(error) });
  }
}
