import type { Task } from "./task.ts";

type Code = NonNullable<Task["errorCode"]>;

/** What has happened, in a few words; the backend's own `error` says what to do. */
const TITLES: Readonly<Record<Code, string>> = {
  content_refused: "The service refuses this content",
  invalid_input: "The input cannot be used",
  provider_rejected: "The service refused the request",
  unsupported_language: "The service does not read this language",
  provider_unavailable: "The service does not work at the moment",
  provider_rate_limited: "The service has too much to do",
  provider_credits: "The operator's account at the service is used up",
  provider_auth: "The service does not take the operator's key",
  timeout: "It took too long",
  invalid_result: "What came back is no result",
  storage_failed: "The result could not be stored",
  outcome_unknown: "Nobody knows what has become of it",
  internal: "The backend has made a mistake",
};

/** A heading for a failure. A later backend may have codes that this page does not know. */
export function failureTitle(code: Task["errorCode"]): string {
  const titles: Readonly<Record<string, string>> = TITLES;
  return (code && titles[code]) ?? "It has failed";
}
