/**
 * The refusals and failures of the Stability API.
 *
 * Source: https://platform.stability.ai/docs/api-reference
 *
 * @module
 */

const statuses = {
  bad_request: 400,
  unauthorized: 401,
  payment_required: 402,
  content_moderation: 403,
  not_found: 404,
  payload_too_large: 413,
  invalid_language: 422,
  public_figure: 422,
  rate_limit_exceeded: 429,
  internal_error: 500,
  /** Legal at the real service, but nothing here serves it: never mistaken for a real answer. */
  not_simulated: 501,
} as const;

export type ErrorName = keyof typeof statuses;

/** A refusal or failure that the Stability sub-app answers with. */
export class StabilityError extends Error {
  override readonly name = "StabilityError";
  readonly #errorName: ErrorName;
  readonly #errors: readonly string[];

  /** @param errors At least one; those about a field read `field: reason`. */
  constructor(errorName: ErrorName, errors: readonly [string, ...string[]]) {
    super(errors.join("; "));
    this.#errorName = errorName;
    this.#errors = errors;
  }

  toResponse(): Response {
    const name = this.#errorName;
    // The gate answers before anything has an id.
    const id = name === "rate_limit_exceeded" ? name : crypto.randomUUID().replaceAll("-", "");
    return Response.json({ id, name, errors: this.#errors }, { status: statuses[name] });
  }
}
