/**
 * The refusals and failures of the FLUX API, which is made with FastAPI.
 *
 * Source: https://docs.bfl.ai/api_integration/errors
 *
 * @module
 */
import type { z } from "zod";

interface ErrorKind {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The wait is short, so that a development stack recovers quickly. */
const soon = { "retry-after": "1" };

const errorKinds = {
  bad_request: { status: 400, body: { detail: "Bad request" } },
  unauthorized: { status: 401, body: { detail: "Invalid API key" } },
  out_of_credits: { status: 402, body: { detail: "Insufficient credits" } },
  not_authenticated: { status: 403, body: { detail: "Not authenticated" } },
  malformed_key: { status: 422, body: { detail: "The api key is malformed" } },
  no_such_route: { status: 404, body: { detail: "Not Found" } },
  wrong_method: { status: 405, body: { detail: "Method Not Allowed" } },
  too_many_tasks: { status: 429, body: { detail: "Too many active tasks" }, headers: soon },
  /** Another shape, which some material shows. */
  too_many_tasks_flat: {
    status: 429,
    body: { error: "rate_limit_exceeded", message: "Too many active tasks", retry_after: 1 },
  },
  server_error: { status: 500, body: { detail: "Internal Server Error" } },
  /** Legal at the real service, but nothing here serves it. */
  not_simulated: { status: 501, body: { detail: "Not simulated" } },
} satisfies Record<string, ErrorKind>;

export type ErrorName = keyof typeof errorKinds;

/** A refusal or failure that the FLUX sub-app answers with. */
export class FluxError extends Error {
  override readonly name = "FluxError";
  readonly #kind: ErrorKind;

  constructor(errorName: ErrorName) {
    super(errorName);
    this.#kind = errorKinds[errorName];
  }

  toResponse(): Response {
    const { status, body, headers = {} } = this.#kind;
    return Response.json(body, { status, headers });
  }
}

/** An answer that is this refusal. */
export function refuse(errorName: ErrorName): () => never {
  return () => {
    throw new FluxError(errorName);
  };
}

/** What is wrong with one field. */
export interface FieldFault {
  readonly type: string;
  /** For example `["body", "prompt"]`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** What was wrong; all of the body where something is missing. */
  readonly input: unknown;
}

/** 422: fields that are missing or out of range. */
export class FieldError extends Error {
  override readonly name = "FieldError";
  readonly #faults: readonly FieldFault[];

  constructor(faults: readonly FieldFault[]) {
    super("Unprocessable");
    this.#faults = faults;
  }

  toResponse(): Response {
    return Response.json({ detail: this.#faults }, { status: 422 });
  }
}

/** A value that no schema can judge. */
export function valueError(field: string, input: unknown, reason: string): FieldError {
  return new FieldError([
    { type: "value_error", loc: ["body", field], msg: `Value error, ${reason}`, input },
  ]);
}

/**
 * How the service words what a schema found.
 *
 * @param body What was sent.
 */
export function toFieldFault(issue: z.core.$ZodIssue, body: unknown): FieldFault {
  const loc = ["body", ...issue.path.map((key) => typeof key === "number" ? key : String(key))];
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  if (isMissing) return { type: "missing", loc, msg: "Field required", input: body };
  return { ...wordsOf(issue), loc, input: issue.input };
}

function wordsOf(issue: z.core.$ZodIssue): Pick<FieldFault, "type" | "msg"> {
  switch (issue.code) {
    case "invalid_type":
      return typeFault(issue.expected);
    case "too_big":
      return { type: "less_than_equal", msg: `Input should be at most ${issue.maximum}` };
    case "too_small":
      return { type: "greater_than_equal", msg: `Input should be at least ${issue.minimum}` };
    case "invalid_value":
      return { type: "enum", msg: `Input should be one of ${issue.values.join(", ")}` };
    default:
      return { type: "value_error", msg: `Value error, ${issue.message}` };
  }
}

/** The service's names of types; it has no numbers but integers. */
const typeNames: Readonly<Record<string, string>> = { number: "int", boolean: "bool" };

function typeFault(expected: string): Pick<FieldFault, "type" | "msg"> {
  const name = typeNames[expected] ?? expected;
  return { type: `${name}_type`, msg: `Input should be a valid ${name}` };
}
