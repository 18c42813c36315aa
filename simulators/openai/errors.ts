/**
 * The refusals and failures of the OpenAI API.
 *
 * Sources: https://developers.openai.com/api/docs/guides/error-codes and the
 * error classes of https://github.com/openai/openai-node; codes of image files
 * as observed in https://github.com/openai/openai-node/issues/1468.
 *
 * @module
 */

interface ErrorKind {
  readonly status: number;
  readonly type: string;
  /** Absent: the error's name. */
  readonly code?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const badRequest = { status: 400, type: "invalid_request_error" };
const imageUserError = { status: 400, type: "image_generation_user_error" };

/**
 * The only wait the service asks for: short, so that a development stack
 * recovers quickly.
 */
const exhausted = {
  "retry-after": "1",
  "x-ratelimit-limit-requests": "500",
  "x-ratelimit-remaining-requests": "0",
  "x-ratelimit-reset-requests": "1s",
};

const errorKinds = {
  unknown_parameter: badRequest,
  missing_required_parameter: badRequest,
  duplicate_parameter: badRequest,
  invalid_type: badRequest,
  invalid_value: badRequest,
  invalid_input_fidelity_model: badRequest,
  integer_above_max_value: badRequest,
  integer_below_min_value: badRequest,
  string_above_max_length: badRequest,
  empty_string: badRequest,
  array_above_max_length: badRequest,
  empty_array: badRequest,
  unsupported_content_type: badRequest,
  unsupported_file_mimetype: badRequest,
  invalid_image_url: badRequest,
  invalid_base64_image: badRequest,
  image_file_not_found: badRequest,
  failed_to_download_image: badRequest,
  too_many_images: badRequest,
  /** The body is not what its content type says. */
  unreadable_body: { ...badRequest, code: null },
  invalid_image_file: imageUserError,
  empty_image_file: imageUserError,
  image_file_too_large: imageUserError,
  moderation_blocked: imageUserError,
  /** A well-formed value that this model, or any model, cannot serve. */
  unservable_value: { ...imageUserError, code: "invalid_value" },
  invalid_api_key: { ...badRequest, status: 401 },
  /** Of other endpoints than those of images. */
  model_not_found: { ...badRequest, status: 404 },
  unknown_url: { ...badRequest, status: 404, code: null },
  rate_limit_exceeded: { status: 429, type: "requests", headers: exhausted },
  insufficient_quota: {
    status: 429,
    type: "insufficient_quota",
    code: "credit_balance_exhausted",
    headers: exhausted,
  },
  server_error: { status: 500, type: "server_error", code: null },
  server_is_overloaded: { status: 503, type: "service_unavailable_error" },
  /**
   * Legal at the real service, but nothing here serves it: never mistaken for a
   * real answer.
   */
  not_simulated: { status: 501, type: "simulator_error" },
} satisfies Record<string, ErrorKind>;

export type ErrorName = keyof typeof errorKinds;

interface ErrorDetails {
  readonly param?: string;
  /** Further fields of the error body, for example `moderation_details`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A refusal or failure that the OpenAI sub-app answers with. */
export class OpenAiError extends Error {
  override readonly name = "OpenAiError";
  readonly #errorName: ErrorName;
  readonly #details: ErrorDetails;

  constructor(errorName: ErrorName, message: string, details: ErrorDetails = {}) {
    super(message);
    this.#errorName = errorName;
    this.#details = details;
  }

  toResponse(): Response {
    const {
      status,
      type,
      code = this.#errorName,
      headers = {},
    }: ErrorKind = errorKinds[this.#errorName];
    const { param = null, extra = {} } = this.#details;
    const error = { message: this.message, type, param, code, ...extra };
    return Response.json({ error }, { status, headers });
  }
}
