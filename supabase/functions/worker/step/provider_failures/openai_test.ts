import { checkFailures } from "../../../../../testing/check_failures.ts";
import {
  answer,
  ends,
  type FailureRow,
  putsBack,
  repeats,
  says,
} from "../../../../../testing/failure_table.ts";

/** What the service says in its own form. */
function refusal(
  status: number,
  error: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<typeof answer> {
  const nothing = { message: "Words", type: null, param: null, code: null };
  return answer(status, { error: { ...nothing, ...error } }, headers);
}

const invalid = { type: "invalid_request_error" };
const limited = { code: "rate_limit_exceeded" };

/**
 * What can go wrong with openai. Not provoked: the adapter's own time limit, which takes real minutes (an
 * aborted signal stands for it), and "lower our concurrency", which no step can do.
 */
const rows: readonly FailureRow[] = [
  {
    row: "connection refused/reset before the request was written",
    endings: repeats("provider_unavailable"),
    by: { "nobody listens": { connection: "refused" } },
  },
  {
    row: "timeout or reset after the request was sent (no answer in time)",
    endings: repeats("timeout", { call: "ambiguous" }),
    by: { "no answer": { fault: { kind: "timeout" }, purchases: 1 } },
  },
  {
    row: "timeout or reset after the request was sent (reset)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      "a hang-up": { connection: "hang-up" },
      "half an answer": { fault: { kind: "disconnect" }, purchases: 1 },
    },
  },
  {
    row: "408, 409",
    endings: repeats("provider_unavailable"),
    by: { "408": { answer: refusal(408, {}) }, "409": { answer: refusal(409, {}) } },
  },
  {
    row: "429 rate_limit_exceeded",
    endings: putsBack({ afterSeconds: 1 }),
    by: { ...says("sim:429"), "an ordered 429": { fault: { kind: "rate_limited" } } },
  },
  {
    row: "429 rate_limit_exceeded (retry-after-ms, else retry-after, else seconds in the message)",
    endings: putsBack({ afterSeconds: 40 }),
    by: {
      "retry-after-ms": {
        answer: refusal(429, limited, { "retry-after-ms": "40000", "retry-after": "1" }),
      },
      "retry-after": {
        answer: refusal(429, { ...limited, message: "Try again in 1s." }, { "retry-after": "40" }),
      },
      "seconds in the message": {
        answer: refusal(429, { ...limited, message: "Please try again in 40s." }),
      },
    },
  },
  {
    row: "429 rate_limit_exceeded (else 12 s growing)",
    endings: putsBack({ afterSeconds: 12 }),
    by: { "without a time": { answer: refusal(429, limited) } },
  },
  {
    row: "429 slow_down",
    endings: putsBack({ afterSeconds: 15 }),
    by: {
      "without a time": { answer: refusal(429, { type: "rate_limit_error", code: "slow_down" }) },
    },
  },
  {
    row: "429 money codes",
    endings: ends("provider_credits"),
    by: {
      ...says("sim:429-quota"),
      "an older code": { answer: refusal(429, { code: "billing_hard_limit_reached" }) },
    },
  },
  {
    row: "500, 502, 504",
    endings: repeats("provider_unavailable"),
    by: {
      ...says("sim:500"),
      "an ordered 500": { fault: { kind: "server_error" } },
    },
  },
  {
    // It does not know what became of the work: repeated once, not twice.
    row: "500, 502, 504 (502, 504: a gateway that lost the service)",
    endings: repeats("provider_unavailable", { call: "ambiguous" }),
    by: {
      ...says("sim:html-502"),
      "504": { answer: answer(504) },
      "520, as Cloudflare has it": { answer: answer(520, "<html>Unknown error</html>") },
      "524, as Cloudflare has it": { answer: answer(524) },
    },
  },
  {
    row: "503 server_is_overloaded",
    endings: repeats("provider_unavailable"),
    by: says("sim:503"),
  },
  {
    row: "400 moderation_blocked, content_policy_violation, image_content_policy_violation",
    endings: ends("content_refused"),
    by: {
      ...says("sim:moderated-input"),
      // The picture was made, so it may be billed.
      ...says("sim:moderated-output", { purchases: 1 }),
      "an ordered refusal": { fault: { kind: "refused" } },
      "content_policy_violation": {
        answer: refusal(400, { ...invalid, code: "content_policy_violation" }),
      },
      "image_content_policy_violation": {
        answer: refusal(400, { code: "image_content_policy_violation" }),
      },
    },
  },
  {
    row: "400 other (parameter)",
    endings: ends("provider_rejected"),
    by: {
      "unknown_parameter": {
        answer: refusal(400, { ...invalid, code: "unknown_parameter", param: "style" }),
      },
    },
  },
  {
    row: "400 other (image)",
    endings: ends("invalid_input"),
    by: {
      "invalid_image_file": {
        operation: "image-to-image",
        answer: refusal(400, { type: "image_generation_user_error", code: "invalid_image_file" }),
      },
    },
  },
  {
    row: "401, 403, 404",
    endings: ends("provider_auth"),
    by: {
      "401": { answer: refusal(401, { ...invalid, code: "invalid_api_key" }) },
      "403": { answer: refusal(403, invalid) },
      "404": { answer: refusal(404, { ...invalid, code: "model_not_found" }) },
    },
  },
  {
    row: "200 with empty data or no b64_json",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: {
      ...says("sim:empty", { purchases: 1 }),
      "an ordered answer without b64_json": { fault: { kind: "empty_file" }, purchases: 1 },
    },
  },
  {
    row: "not in the table: 200 with something that is no answer",
    endings: repeats("invalid_result", { call: "ambiguous" }),
    by: { "broken JSON": { fault: { kind: "invalid_json" }, purchases: 1 } },
  },
];

checkFailures("openai", { operation: "text-to-image", rows });
