import type { ProviderErrorCode } from "../provider_error.ts";

/** What only the provider itself can say of our account. */
const OF_ACCOUNT: ReadonlySet<ProviderErrorCode> = new Set(["provider_auth", "provider_credits"]);

/** What a page in HTML cannot say of what a user asked for. */
const OF_REQUEST: ReadonlySet<ProviderErrorCode> = new Set([
  "content_refused",
  "provider_rejected",
]);

const PAGE = /^\s*</;

/**
 * What an answer means that is not in the provider's own form: a firewall or a gateway in front of it
 * refused one request, for instance for a word in its prompt. That says nothing of our account, and
 * must not rest the lane.
 */
export function codeOfForeign(code: ProviderErrorCode, body: unknown): ProviderErrorCode {
  const isPage = typeof body === "string" && PAGE.test(body);
  const isUnfounded = OF_ACCOUNT.has(code) || (isPage && OF_REQUEST.has(code));
  return isUnfounded ? "provider_unavailable" : code;
}
