import { errorBody } from "../../../shared/contract/responses.ts";
import { retry } from "../../../shared/retry.ts";

/** A function that has just been deployed may answer late, or as the one before, for a moment. */
const DELAYS = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Throws an error that says what a deployed backend does not do as it should.
 *
 * @param workerSecret Without it the backend does not tell why it is ill.
 */
export async function verify(
  functionsUrl: string,
  workerSecret: string | undefined,
  delays = DELAYS,
): Promise<void> {
  const headers = workerSecret === undefined ? undefined : { apikey: workerSecret };
  await retry(async () => {
    const health = await fetch(`${functionsUrl}/generation/health`, { ...headers && { headers } });
    const text = await health.text();
    if (health.status !== 200 && !isPausedOnly(health.status, text)) {
      throw new Error(`${functionsUrl}/generation/health answers ${health.status}: ${text}`);
    }
    for (const path of ["/generation/text-to-image", "/worker"]) {
      await expectRefusal(`${functionsUrl}${path}`);
    }
  }, { delays });
}

/** Then nothing else is wrong: an operator has paused submits, and may end that when all is done. */
function isPausedOnly(status: number, text: string): boolean {
  return status === 503 && text.includes("(submits_paused)");
}

/** Ours has another body than the platform's, which would mean that it checks tokens itself. */
async function expectRefusal(url: string): Promise<void> {
  const response = await fetch(url, { method: "POST", body: "{}" });
  const text = await response.text();
  const ours = errorBody.safeParse(parse(text));
  if (response.status === 401 && ours.success) return;
  throw new Error(`${url} answers ${response.status} to a request without a key: ${text}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
