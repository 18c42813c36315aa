import { z } from "zod";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import type { ErrorClassification, ErrorResponse } from "../transport/api.ts";
import { codeOfStatus } from "../transport/error_status.ts";

// https://docs.bfl.ai/api_integration/errors and https://docs.bfl.ai/api-reference/utility/get-result

/** How a job can end badly. The service has ended it, and does not charge for it. */
const JOB_FAILURES: Readonly<Record<string, ProviderErrorCode>> = {
  "Request Moderated": "content_refused",
  "Content Moderated": "content_refused",
  Error: "provider_unavailable",
  Failed: "provider_unavailable",
};

/** Details that name what we sent. */
const ABOUT_INPUT = /input|image|prompt/i;

/** Unknown for a moment after the submit, and gone for good later. */
const NOT_FOUND = "Task not found";

const detail = z.union([z.string(), z.array(z.looseObject({ msg: z.string() }))]);
const errorBody = z.union([
  z.object({ detail }).transform((body) => wordsOf(body.detail)),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.string(),
]);
/** FastAPI's form, and another that some material shows. */
const ownBody = z.union([
  z.object({ detail }),
  z.object({ error: z.string(), message: z.string() }),
]);
const plainDetail = z.object({ detail: z.string() });

/** The words of a sentence that speaks of a key, and of nothing else. */
const KEY_WORDS = new Set(
  ("the your a an api apikey x key header value format of or in is was not missing invalid valid " +
    "malformed incorrect wrong unknown bad provided required").split(" "),
);

const jobBody = z.looseObject({ status: z.string() });

/** Why the job failed; undefined for any other status. */
export function jobFailure(status: string, details: unknown): ProviderError | undefined {
  if (status === NOT_FOUND) return new ProviderError("invalid_result", status);
  const code = JOB_FAILURES[status];
  if (!code) return undefined;
  const words = JSON.stringify(details ?? {});
  const isInput = code === "provider_unavailable" && ABOUT_INPUT.test(words);
  return new ProviderError(isInput ? "invalid_input" : code, `${status} ${words}`, {
    final: true,
    endedUnbilled: code === "provider_unavailable" && !isInput,
  });
}

export function isOwnError({ body }: ErrorResponse): boolean {
  return ownBody.safeParse(body).success || jobBody.safeParse(body).success;
}

export function classifyError(response: ErrorResponse): ErrorClassification {
  const { status, body, billable, clientWords } = response;
  // A poll may answer a job that has ended under a status of response.
  const job = jobBody.safeParse(body).data;
  const ended = job && jobFailure(job.status, job["details"]);
  if (ended) {
    const { code, message, retryable, endedUnbilled } = ended;
    return { code, message, final: !retryable, endedUnbilled };
  }

  const message = errorBody.safeParse(body).data ?? JSON.stringify(body);
  if (!billable && (status === 404 || status === 410)) return { code: "invalid_result", message };
  // A malformed key is told as if it were a malformed parameter, but never in a list.
  const plain = plainDetail.safeParse(body).data?.detail ?? "";
  if (status === 422 && isAboutKey(plain) && !clientWords.includes(plain)) {
    return { code: "provider_auth", message };
  }
  // More active tasks than the account, or its dearest model, may have.
  return { code: codeOfStatus(status), message, ...(status === 429 && { pauseScope: "pool" }) };
}

/**
 * Whether a detail is about our key. It may repeat what a client wrote, so words about a key among
 * others decide nothing.
 */
function isAboutKey(detail: string): boolean {
  const words = detail.toLowerCase().split(/[^a-z]+/).filter(Boolean);
  return words.some((word) => word.endsWith("key")) && words.every((word) => KEY_WORDS.has(word));
}

function wordsOf(value: z.infer<typeof detail>): string {
  return typeof value === "string" ? value : value.map((part) => JSON.stringify(part)).join("; ");
}
