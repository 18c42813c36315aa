/**
 * What is wrong with a request, as the Recraft API says it.
 *
 * Source: https://www.recraft.ai/docs/api-reference. Of the codes only `invalid_image_type` and
 * `rate_limit_exceeded` have been seen; the others are made up.
 *
 * @module
 */

const statuses = {
  invalid_parameter: 400,
  invalid_image_type: 400,
  not_enough_units: 400,
  rate_limit_exceeded: 429,
  internal_error: 500,
  /** Legal at the real service, but nothing here serves it: never mistaken for a real answer. */
  not_simulated: 501,
} as const;

export type ErrorCode = keyof typeof statuses;

/** A refusal or failure that the Recraft sub-app answers with. */
export class RecraftError extends Error {
  override readonly name = "RecraftError";
  readonly #code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.#code = code;
  }

  toResponse(): Response {
    return answerError(statuses[this.#code], this.#code, this.message);
  }
}

/** The usual form of an error, with any status and code. */
export function answerError(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status });
}
