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

/** A field that we fill with what the client sent: as a name, or as the first word about it. */
const INPUT_FIELD = /^(?:input_image(?:_\d)?|prompt)\b/;

/** Unknown for a moment after the submit, and gone for good later. */
const NOT_FOUND = "Task not found";

const fault = z.looseObject({
  msg: z.string(),
  type: z.string().optional().catch(undefined),
  loc: z.array(z.unknown()).optional().catch(undefined),
  // What was refused: a whole picture, or the client's words.
  input: z.unknown().optional(),
});
const detail = z.union([z.string(), z.array(fault)]);
const faultList = z.object({ detail: z.array(fault) });
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
  const isInput = code === "provider_unavailable" && textsIn(details).some(isOfInput);
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
  if ((status === 400 || status === 422) && isAboutImage(body)) {
    return { code: "invalid_input", message };
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
  if (typeof value === "string") return value;
  return value.map(({ input: _, ...part }) => JSON.stringify(part)).join("; ");
}

/** Whether a field with a picture in it is refused for what is in it. */
function isAboutImage(body: unknown): boolean {
  const faults = faultList.safeParse(body).data?.detail ?? [];
  return faults.some(({ type, loc: [, field] = [] }) =>
    type !== "missing" && /^input_image(?:_\d)?$/.test(String(field))
  );
}

const isOfInput = (text: string): boolean => INPUT_FIELD.test(text);

/** Names and values, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}
