import { type OperationId, operationIds, operations } from "../../contract/operations.ts";
import { answer, type JsonObject, refusals, secured, traceparent } from "../answers.ts";
import { requestBody } from "../request_schemas.ts";

/** What generates. */
export function generationPaths(): JsonObject {
  return Object.fromEntries(operationIds.map((id) => [`/generation/${id}`, { post: submit(id) }]));
}

const dryRun = {
  name: "dry_run",
  in: "query",
  description:
    "true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the " +
    "answer says what it would cost at most, what is left of the user's quotas, and when it would be " +
    "started. Its content is not moderated, where the operator has that done: a submit may be refused " +
    "for it all the same. Nothing is reserved: what is left may be gone when the request is sent.",
  schema: { type: "string", enum: ["true", "false"], default: "false" },
};

function submit(operation: OperationId): JsonObject {
  return {
    operationId: operation,
    summary: operations[operation].summary,
    tags: ["generation"],
    security: secured,
    parameters: [dryRun, traceparent],
    requestBody: requestBody(operation),
    responses: {
      200: answer("With dry_run=true: it would be accepted.", "DryRun"),
      202: {
        ...answer("Accepted; the same request again is answered with the same task.", "Accepted"),
        headers: {
          "Idempotency-Replayed": {
            description: "Present when the task had been accepted before.",
            schema: { type: "string", const: "true" },
          },
        },
      },
      ...refusals([
        "invalid_request",
        "unauthorized",
        "forbidden",
        "method_not_allowed",
        "task_id_conflict",
        "payload_too_large",
        "unsupported_media_type",
        "rate_limited",
        "quota_exceeded",
        "internal_error",
        "unavailable",
      ]),
    },
  };
}
