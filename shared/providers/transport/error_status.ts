import type { ProviderErrorCode } from "../provider_error.ts";

const CODES: Readonly<Record<number, ProviderErrorCode>> = {
  401: "provider_auth",
  402: "provider_credits",
  403: "provider_auth",
  // The URL, or the model in it, is wrong.
  404: "provider_auth",
  408: "provider_unavailable",
  // What was at the URL is there no more.
  410: "provider_auth",
  413: "invalid_input",
  425: "provider_unavailable",
  429: "provider_rate_limited",
};

/** What a status of response means where the provider's own words say no more. */
export function codeOfStatus(status: number): ProviderErrorCode {
  return CODES[status] ?? (status >= 500 ? "provider_unavailable" : "provider_rejected");
}

/**
 * Whether nobody knows what became of a request that was answered so: a gateway lost the service behind
 * it (502, 504, and what gateways made up above it, such as 520 to 524).
 *
 * @param ownStatuses Those of which the provider's documentation says the same.
 */
export function isOutcomeUnknown(status: number, ownStatuses: readonly number[] = []): boolean {
  return status === 502 || status >= 504 || ownStatuses.includes(status);
}
