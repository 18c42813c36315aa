import type { ProviderErrorCode } from "../provider_error.ts";

const CODES: Readonly<Record<number, ProviderErrorCode>> = {
  401: "provider_auth",
  402: "provider_credits",
  403: "provider_auth",
  // The URL, or the model in it, is wrong.
  404: "provider_auth",
  408: "provider_unavailable",
  413: "invalid_input",
  429: "provider_rate_limited",
};

/** What a status of response means where the provider's own words say no more. */
export function codeOfStatus(status: number): ProviderErrorCode {
  return CODES[status] ?? (status >= 500 ? "provider_unavailable" : "provider_rejected");
}
