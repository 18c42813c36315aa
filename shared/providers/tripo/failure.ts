import { z } from "zod";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import type { ErrorClassification, ErrorResponse } from "../transport/api.ts";
import { codeOfStatus } from "../transport/error_status.ts";

// https://developers.tripo3d.ai/en/docs/error-handling and task-lifecycle. Codes 1000 and 1001 mean one
// thing on some pages and another on others, so the HTTP status counts before the code.

const envelope = z.object({ code: z.number(), message: z.string().catch("") });

/** No money left; comes with status 403. */
const CREDITS = 2010;
/** Not allowed: our key, or something that the request names. */
const FORBIDDEN = 1005;
/** The address is wrong. */
const NO_SUCH_ROUTE = 4001;
/** As many tasks of this category as the account may have at once. */
const TOO_MANY_TASKS = 2000;
/** The task is unknown, also if it is another key's. */
const TASK_NOT_FOUND = 2001;
const TOO_COMPLEX = 2018;
/** The model, the kind of request or its version is there no more. */
const DEPRECATED: readonly number[] = [2015, 2016, 2017];

const CODES: Readonly<Record<number, ProviderErrorCode>> = {
  [CREDITS]: "provider_credits",
  2003: "invalid_input",
  2004: "invalid_input",
  2006: "invalid_input",
  2007: "invalid_input",
  2008: "content_refused",
  // The check of the content failed itself.
  2014: "provider_unavailable",
  [TOO_COMPLEX]: "invalid_input",
};

/** The status of a code that came under 200, as far as it is not that of a bad request. */
const STATUSES: Readonly<Record<number, number>> = {
  2: 401,
  1000: 500,
  1001: 500,
  1002: 401,
  [FORBIDDEN]: 403,
  1007: 429,
  [TOO_MANY_TASKS]: 429,
  [TASK_NOT_FOUND]: 404,
  [CREDITS]: 403,
  [NO_SUCH_ROUTE]: 404,
};

/** An error can come with status 200. */
export function isErrorBody(body: unknown): boolean {
  const { data } = envelope.safeParse(body);
  return data !== undefined && data.code !== 0;
}

export function isOwnError({ body }: ErrorResponse): boolean {
  return isErrorBody(body);
}

export function classifyError(response: ErrorResponse): ErrorClassification {
  const { body, headers, billable } = response;
  const { code, message } = envelope.safeParse(body).data ?? { code: 0, message: String(body) };
  const words = `${code} ${message}`.trim();
  const status = response.status < 400 ? STATUSES[code] ?? 400 : response.status;
  if (status >= 500) {
    return {
      code: "provider_unavailable",
      message: words,
      // Under 200 the status does not say it.
      ...(response.status < 400 && { ambiguous: billable }),
    };
  }
  const wait = headers.has("retry-after") ? {} : secondsToReset(headers);
  if (status === 429 && code !== CREDITS) {
    const pauseScope = code === TOO_MANY_TASKS ? "pool" : "lane";
    return { code: "provider_rate_limited", message: words, pauseScope, ...wait };
  }
  if (code === TASK_NOT_FOUND) return { code: "invalid_result", message: words };
  const known = status === 401 ? undefined : CODES[code];
  return { code: known ?? accountCode(status, code, response), message: words, ...wait };
}

/** Of a 403, 404 or 410, only what its code says of our key, our address or our model is about them. */
function accountCode(
  status: number,
  code: number,
  { body, hasClientChoice, hasDefaultModel }: ErrorResponse,
): ProviderErrorCode {
  // Models and addresses are of our lists; another model than ours the client can leave out.
  if (status === 410 || (DEPRECATED.includes(code) && hasDefaultModel)) return "provider_auth";
  const usual = codeOfStatus(status);
  if (usual !== "provider_auth" || status === 401 || !isErrorBody(body)) return usual;
  const isOurs = code === NO_SUCH_ROUTE || (code === FORBIDDEN && !hasClientChoice);
  return isOurs ? usual : "provider_rejected";
}

/** What is said of a task where several are asked for, and one is not there. */
export function taskNotFound(): ProviderError {
  return new ProviderError("invalid_result", `${TASK_NOT_FOUND} The task is not found`);
}

/** The unit is not documented: what cannot be a number of seconds is left to the backoff. */
function secondsToReset(headers: Headers): { readonly retryAfterSeconds?: number } {
  const seconds = Number(headers.get("x-ratelimit-reset"));
  return seconds > 0 && seconds < 3_600 ? { retryAfterSeconds: seconds } : {};
}

/** What the service says of a task that ended without a model. */
interface EndedTask {
  readonly error_code?: number | undefined;
  readonly errorMessage: string;
  readonly credits_consumed?: number | undefined;
}

/** Why a task ended without a model. The service has ended it; failed ones are not charged. */
export function taskFailure(status: string, task: EndedTask): ProviderError {
  const { error_code: errorCode, errorMessage: message, credits_consumed: credits } = task;
  const words = `${status} ${errorCode ?? ""} ${message}`.trim();
  const code = failureCode(status, errorCode, message);
  // Neither what was asked for is to blame, nor somebody who stopped it.
  const isOwnReason = code === "provider_unavailable" || code === "timeout";
  return new ProviderError(code, words, {
    final: true,
    endedUnbilled: isOwnReason && status !== "cancelled" && credits === 0,
  });
}

function failureCode(
  status: string,
  errorCode: number | undefined,
  message: string,
): ProviderErrorCode {
  if (status === "banned" || errorCode === 2008) return "content_refused";
  const isExpired = status === "expired" || errorCode === TOO_COMPLEX;
  if (isExpired) return /too complex/i.test(message) ? "invalid_input" : "timeout";
  return "provider_unavailable";
}
