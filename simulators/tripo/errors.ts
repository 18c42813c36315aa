/**
 * The refusals and failures of Tripo's API V3.
 *
 * Source: https://developers.tripo3d.ai/en/docs/error-handling
 *
 * @module
 */

interface ErrorKind {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const malformed = { code: 1003, message: "The request is malformed" };

const errorKinds = {
  invalid_key: { status: 401, code: 2, message: "Authentication failed" },
  forbidden: { status: 403, code: 1005, message: "You are not allowed to do this" },
  malformed_body: { status: 400, ...malformed },
  wrong_method: { status: 405, ...malformed },
  wrong_content_type: { status: 415, ...malformed },
  invalid_parameter: { status: 400, code: 1004, message: "One of the parameters is invalid" },
  too_many_requests: {
    status: 429,
    code: 1007,
    message: "You have exceeded the limit of requests",
    // The wait is short, so that a development stack recovers quickly.
    headers: { "x-ratelimit-limit": "200", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" },
  },
  too_many_tasks: {
    status: 429,
    code: 2000,
    message: "You have exceeded the limit of generation",
    headers: { "retry-after": "1" },
  },
  task_not_found: { status: 404, code: 2001, message: "The task is not found" },
  unsupported_parameter: { status: 400, code: 2002, message: "Unsupported request parameter" },
  empty_file: { status: 400, code: 2003, message: "The file is empty" },
  unsupported_file: { status: 400, code: 2004, message: "The file type is not supported" },
  wrong_source_task: { status: 400, code: 2006, message: "The type of the source task is wrong" },
  source_task_failed: { status: 400, code: 2007, message: "The source task is not successful" },
  content_refused: { status: 400, code: 2008, message: "The input violates the content policy" },
  invalid_characters: { status: 400, code: 2009, message: "The prompt has invalid characters" },
  insufficient_credits: { status: 403, code: 2010, message: "You need more credits" },
  content_check_failed: { status: 400, code: 2014, message: "The content check itself failed" },
  version_deprecated: { status: 400, code: 2015, message: "The version is deprecated" },
  request_type_deprecated: { status: 400, code: 2016, message: "The request type is deprecated" },
  bad_version: { status: 400, code: 2017, message: "The version is invalid" },
  model_too_complex: { status: 400, code: 2018, message: "The model is too complex" },
  file_too_large: { status: 400, code: 2021, message: "The file is too large" },
  size_limit: { status: 400, code: 2022, message: "A size limit is exceeded" },
  no_such_route: { status: 404, code: 4001, message: "The route does not exist" },
  server_error: { status: 500, code: 1001, message: "Unknown server error" },
  overloaded: { status: 503, code: 1001, message: "The service is overloaded" },
  /** V2, whose addresses are to be noticed. */
  gone: { status: 410, code: 2016, message: "This version of the API is switched off" },
  /** An error in an answer that is none by its status. */
  content_refused_with_200: { status: 200, code: 2008, message: "The content policy is violated" },
  /** Legal at the real service, but nothing here serves it. */
  not_simulated: { status: 501, code: 501_501, message: "Not simulated" },
} satisfies Record<string, ErrorKind>;

export type ErrorName = keyof typeof errorKinds;

/** A refusal or failure that the Tripo sub-app answers with. */
export class TripoError extends Error {
  override readonly name = "TripoError";
  readonly #kind: ErrorKind;

  constructor(errorName: ErrorName, message?: string) {
    const kind: ErrorKind = errorKinds[errorName];
    super(message ?? kind.message);
    this.#kind = kind;
  }

  toResponse(requestId: string): Response {
    const { status, code, headers = {} } = this.#kind;
    return Response.json({
      code,
      status: "error",
      message: this.message,
      suggestion: "See the documentation",
      request_id: requestId,
    }, { status, headers });
  }
}

/** An answer that is this refusal. */
export function refuse(errorName: ErrorName): () => never {
  return () => {
    throw new TripoError(errorName);
  };
}
