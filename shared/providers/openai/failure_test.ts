import assert from "node:assert/strict";
import { APIError } from "openai";
import type { ProviderError, ProviderErrorCode } from "../provider_error.ts";
import { readFailure } from "./failure.ts";

interface ErrorResponse {
  readonly status: number;
  readonly type?: string | null;
  readonly code?: string | null;
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const signal = new AbortController().signal;

/** Reads an answer as the official client hands it over. */
function read({ status, headers, type = null, code = null, param }: ErrorResponse): ProviderError {
  const body = { error: { message: "Words", type, code, param: param ?? null } };
  const error = APIError.generate(status, body, undefined, new Headers(headers));
  return readFailure(error, signal);
}

const invalid = { status: 400, type: "invalid_request_error" };
const imageError = { status: 400, type: "image_generation_user_error" };
const money = { status: 429, type: "insufficient_quota" };

Deno.test("each response of the provider has a meaning", async (t) => {
  const cases: readonly (readonly [ProviderErrorCode, ErrorResponse])[] = [
    ["content_refused", { ...imageError, code: "moderation_blocked" }],
    ["content_refused", { ...invalid, code: "content_policy_violation" }],
    ["content_refused", { status: 400, code: "image_content_policy_violation" }],
    ["provider_rejected", { ...invalid, code: "unknown_parameter", param: "response_format" }],
    ["provider_rejected", { ...invalid, code: "invalid_value", param: "quality" }],
    ["provider_rejected", { ...imageError, code: "invalid_value", param: "size" }],
    ["provider_rejected", { ...invalid, code: "invalid_input_fidelity_model" }],
    ["provider_rejected", { status: 422 }],
    ["provider_auth", { ...imageError, code: "invalid_value", param: "model" }],
    ["provider_auth", { ...invalid, status: 404, code: "model_not_found" }],
    ["provider_auth", { ...invalid, code: "model_not_found" }],
    ["provider_auth", { ...invalid, status: 401, code: "invalid_api_key" }],
    ["provider_auth", { ...invalid, status: 403 }],
    ["provider_auth", { status: 403 }],
    ["provider_rate_limited", { status: 429, code: "rate_limit_exceeded" }],
    ["provider_rate_limited", { status: 429, type: "rate_limit_error", code: "slow_down" }],
    ["provider_rate_limited", { status: 429 }],
    ["provider_credits", { ...money, code: "credit_balance_exhausted" }],
    ["provider_credits", { ...money, code: "organization_spend_limit_exceeded" }],
    ["provider_credits", { ...money, code: "project_spend_limit_exceeded" }],
    ["provider_credits", { ...money, code: "organization_usage_limit_exceeded" }],
    ["provider_credits", { ...money, code: null }],
    ["provider_credits", { status: 429, code: "credit_balance_exhausted" }],
    ["provider_credits", { status: 429, code: "insufficient_quota" }],
    ["provider_credits", { status: 429, code: "billing_hard_limit_reached" }],
    ["provider_unavailable", { status: 500, type: "server_error" }],
    ["provider_unavailable", { status: 502 }],
    [
      "provider_unavailable",
      { status: 503, type: "service_unavailable_error", code: "server_is_overloaded" },
    ],
    ["provider_unavailable", { status: 504 }],
    ["provider_unavailable", { status: 520 }],
    ["provider_unavailable", { status: 522 }],
    ["provider_unavailable", { status: 408 }],
    ["provider_unavailable", { status: 409 }],
  ];
  for (const [expected, response] of cases) {
    const { status, type, code, param } = response;
    await t.step([status, type, code, param].filter(Boolean).join(" "), () => {
      const { code: actual, ambiguous } = read(response);
      // A gateway that lost the service does not know what became of the call.
      assert.deepEqual([actual, ambiguous], [expected, status === 502 || status >= 504]);
    });
  }
});

Deno.test("codes about an input file are the user's to mend", async (t) => {
  const codes = [
    "invalid_image_file",
    "invalid_image",
    "invalid_image_format",
    "invalid_base64_image",
    "invalid_image_url",
    "image_too_large",
    "image_too_small",
    "image_parse_error",
    "invalid_image_mode",
    "image_file_too_large",
    "unsupported_image_media_type",
    "empty_image_file",
    "failed_to_download_image",
    "image_file_not_found",
  ];
  for (const code of codes) {
    await t.step(code, () => assert.equal(read({ status: 400, code }).code, "invalid_input"));
  }
});

Deno.test("which errors are worth another call", async (t) => {
  const cases: readonly (readonly [response: ErrorResponse, retryable: boolean])[] = [
    [{ ...imageError, code: "moderation_blocked" }, false],
    [{ ...invalid, code: "unknown_parameter" }, false],
    [{ status: 400, code: "invalid_image_file" }, false],
    [{ status: 401 }, false],
    [{ status: 403 }, false],
    [{ status: 404 }, false],
    [{ ...money, code: "credit_balance_exhausted" }, false],
    [{ status: 408 }, true],
    [{ status: 409 }, true],
    [{ status: 429, code: "rate_limit_exceeded" }, true],
    [{ status: 429, code: "slow_down" }, true],
    [{ status: 500 }, true],
    [{ status: 502 }, true],
    [{ status: 503 }, true],
    [{ status: 504 }, true],
  ];
  for (const [response, retryable] of cases) {
    await t.step(`${response.status} ${response.code ?? ""}`, () => {
      assert.equal(read(response).retryable, retryable);
    });
  }
});

Deno.test("the provider's wish when to come back is kept", async (t) => {
  const cases: readonly (readonly [name: string, Record<string, string>, seconds: number])[] = [
    ["none", {}, 12],
    ["seconds", { "retry-after": "7" }, 7],
    ["milliseconds", { "retry-after-ms": "1500" }, 1.5],
    ["milliseconds before seconds", { "retry-after-ms": "1500", "retry-after": "7" }, 1.5],
    ["milliseconds that are none", { "retry-after-ms": "soon", "retry-after": "7" }, 7],
    ["a date gone by", { "retry-after": "Mon, 23 Nov 2020 12:00:00 GMT" }, 12],
    ["neither number nor date", { "retry-after": "soon" }, 12],
    ["a negative number", { "retry-after": "-5" }, 12],
    ["a number without end", { "retry-after": "Infinity" }, 12],
  ];
  for (const [name, headers, seconds] of cases) {
    await t.step(name, () => {
      assert.equal(read({ status: 429, headers }).retryAfterSeconds, seconds);
    });
  }
  await t.step("a date to come", () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfterSeconds } = read({ status: 503, headers: { "retry-after": date } });
    assert.ok(retryAfterSeconds > 50 && retryAfterSeconds <= 60, String(retryAfterSeconds));
  });
});

Deno.test("after an abort the error is a timeout, whatever the client made of it", () => {
  const error = APIError.generate(500, { error: {} }, undefined, new Headers());
  const { code, ambiguous, cause } = readFailure(error, AbortSignal.abort());
  assert.deepEqual([code, ambiguous], ["timeout", true]);
  assert.equal(cause, error);
});

Deno.test("the words of all causes are in the message", () => {
  const cause = new TypeError("error sending request", { cause: new Error("Connection refused") });
  const { message } = readFailure(new Error("Connection error.", { cause }), signal);
  assert.equal(
    message,
    "Cannot reach OpenAI: Connection error. error sending request Connection refused",
  );
});
