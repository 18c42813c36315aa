import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";

/** How Deno's fetch says that no connection came about, so that surely nothing was billed. */
const NOT_SENT = /client error \(Connect\)/;

export interface BrokenCall {
  /** The provider, as people write it. */
  readonly provider: string;
  /** The step's own signal: the task is lost, or its deadline has come. */
  readonly signal: AbortSignal;
  /** Whether an answer that did not arrive may have been billed. */
  readonly billable: boolean;
  /** Whether the client gave up waiting. */
  readonly timedOut: boolean;
  readonly providerRequestId?: string | undefined;
}

/** Errors name the URL that was asked, and a signed one is a key to what lies there. */
const QUERY = /\?[^\s)"']+/g;

/**
 * What it means that a call ended without a readable answer. What is known already stays: reading may
 * have been ended by us, and a client wraps that into an error of its own.
 */
export function readConnectionFailure(error: unknown, call: BrokenCall): ProviderError {
  const known = knownFailure(error);
  if (known) return known;
  const words = wordsOf(error);
  const [code, message] = meaningOf(error, words, call);
  return new ProviderError(code, message.replace(QUERY, "?…"), {
    cause: error,
    ambiguous: call.billable && !NOT_SENT.test(words),
    ownCut: call.signal.aborted,
    providerRequestId: call.providerRequestId,
  });
}

function knownFailure(error: unknown): ProviderError | undefined {
  if (error instanceof ProviderError) return error;
  return error instanceof Error ? knownFailure(error.cause) : undefined;
}

function meaningOf(
  error: unknown,
  words: string,
  { provider, signal, timedOut, billable }: BrokenCall,
): [ProviderErrorCode, string] {
  if (signal.aborted) return ["timeout", "Call ended by its deadline or a lost lease"];
  if (timedOut) return ["timeout", `${provider} did not answer in time`];
  // Where nothing was ordered, no result was lost either: it is a gateway's page.
  if (error instanceof SyntaxError && billable) {
    return ["invalid_result", `Cannot read the answer: ${words}`];
  }
  return ["provider_unavailable", `Cannot reach ${provider}: ${words}`];
}

/** The message of an error and of all its causes: a client's own may say only "Connection error." */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${wordsOf(error.cause)}`;
}
