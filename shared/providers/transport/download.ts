import type { Content, Output } from "../adapter.ts";
import { ProviderError } from "../provider_error.ts";
import { readConnectionFailure } from "./connection_failure.ts";
import { checkResponseUrl, type ResponseUrlPolicy } from "./response_url.ts";

/** A model of 150 MB at the speed of a slow line. */
const TIMEOUT_SECONDS = 300;

/**
 * A result that the provider keeps at a URL for a while. It is fetched without our credentials,
 * and not from just anywhere.
 */
export function downloadOutput(
  url: string,
  policy: ResponseUrlPolicy,
  signal: AbortSignal,
  timeoutSeconds: number = TIMEOUT_SECONDS,
): Output {
  return { open: () => open(url, policy, signal, timeoutSeconds) };
}

async function open(
  url: string,
  policy: ResponseUrlPolicy,
  signal: AbortSignal,
  timeoutSeconds: number,
): Promise<Content> {
  const { name } = policy.provider;
  await checkResponseUrl(url, policy);
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  const response = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.any([signal, timeout]),
  }).catch((error) => {
    throw readConnectionFailure(error, {
      provider: name,
      signal,
      billable: false,
      timedOut: timeout.aborted,
    });
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    // Gone or refused: the URL has died, and a newer one may be had. Anything else passes.
    const code = response.status >= 500 || response.status === 429
      ? "provider_unavailable"
      : "invalid_result";
    throw new ProviderError(code, `The result of ${name} answers ${response.status}`);
  }
  return { body: response.body, size: sizeOf(response.headers) };
}

/** What is compressed on the way has another length at its end. */
function sizeOf(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}
