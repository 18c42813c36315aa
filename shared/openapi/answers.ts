import { API_ERROR_STATUS, type ApiErrorCode } from "../contract/errors.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What each request of a user carries. */
export const secured = [{ apiKey: [], userToken: [] }];

/** What the operator's requests carry, as a key or as a token. */
export const operatorOnly = [{ workerSecret: [] }, { workerToken: [] }];

/** What each request of a user may carry. */
export const traceparent = {
  name: "traceparent",
  in: "header",
  description:
    "Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its " +
    "trace id is in every log line of the request, and of the work on a task that it submits. It goes " +
    "on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so " +
    "is `tracestate`.",
  schema: { type: "string", examples: ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"] },
};

const retryAfter = {
  "Retry-After": {
    description: "After how many seconds to try again.",
    required: true,
    schema: { type: "integer", minimum: 1 },
  },
};

/** An answer with a body. */
export function answer(description: string, schema: string): JsonObject {
  return { description, content: { "application/json": { schema: reference(schema) } } };
}

/** An answer with one of several bodies. */
export function oneOf(description: string, ...schemas: readonly string[]): JsonObject {
  const schema = { oneOf: schemas.map(reference) };
  return { description, content: { "application/json": { schema } } };
}

function reference(schema: string): JsonObject {
  return { $ref: `#/components/schemas/${schema}` };
}

/** Answers of the codes that a request may be refused with; several share a status. */
export function refusals(codes: readonly ApiErrorCode[]): Record<string, JsonObject> {
  return Object.fromEntries(
    codes.map((code) => {
      const number = API_ERROR_STATUS[code];
      const shared = Object.entries(API_ERROR_STATUS)
        .filter(([, other]) => other === number)
        .map(([name]) => name);
      const refusal = answer(shared.join(", "), "Error");
      return [
        String(number),
        isPassing(code) ? { ...refusal, headers: retryAfter } : refusal,
      ];
    }),
  );
}

/** Whether it passes by itself. */
function isPassing(code: ApiErrorCode): boolean {
  return API_ERROR_STATUS[code] === 429 || API_ERROR_STATUS[code] === 503;
}
