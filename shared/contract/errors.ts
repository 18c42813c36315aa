/** The codes a client may see, and the status each is sent under. */
export const API_ERROR_STATUS = {
  invalid_request: 400,
  unsupported_provider: 400,
  invalid_asset: 400,
  content_refused: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  task_id_conflict: 409,
  task_is_final: 409,
  task_not_complete: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  quota_exceeded: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ApiErrorCode = keyof typeof API_ERROR_STATUS;

export const API_ERROR_CODES = Object.keys(API_ERROR_STATUS).filter(isApiErrorCode);

function isApiErrorCode(code: string): code is ApiErrorCode {
  return Object.hasOwn(API_ERROR_STATUS, code);
}

/** One field of a request and what is wrong with it. */
export interface ErrorDetail {
  readonly field: string;
  readonly message: string;
}

/** What a user may have of something in a day, and has had already. */
export interface Quota {
  readonly limit: string;
  readonly used: number;
  readonly allowed: number;
  readonly resetsAt: Date;
}

export interface ApiErrorOptions extends ErrorOptions {
  readonly details?: readonly ErrorDetail[];
  /** The quota that would have been exceeded. */
  readonly quota?: Quota;
  /** For the developer, why somebody is not let in: the header `WWW-Authenticate` of a 401. */
  readonly challenge?: string;
  /** After how many seconds to try again; the header `Retry-After`. Every 503 has one. */
  readonly retryAfterSeconds?: number;
}

/** Long enough for a database that restarts, in seconds. */
const UNAVAILABLE_SECONDS = 5;

/** A refusal that the client is told about, in these very words. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly quota: Quota | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly challenge: string | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    { details = [], quota, retryAfterSeconds, challenge, ...options }: ApiErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
    this.quota = quota;
    this.challenge = challenge;
    this.retryAfterSeconds = retryAfterSeconds ??
      (API_ERROR_STATUS[code] === 503 ? UNAVAILABLE_SECONDS : undefined);
  }
}
