import { answer, type JsonObject, oneOf, refusals, secured, traceparent } from "../answers.ts";

const service = {
  name: "service",
  in: "query",
  description: "Selects nothing; old apps send the name of a provider.",
  schema: { type: "string" },
};

const taskId = {
  name: "celery_task_id",
  in: "path",
  required: true,
  schema: { type: "string" },
};

const purge = {
  name: "purge",
  in: "query",
  description:
    "true: deletes the task for good, in whatever state it is, with its results, its rows in " +
    "concept_images and models, and what was asked for. What a provider already works on is shown no " +
    "more from now on, and is gone when the provider has ended it. Its files are gone within a minute " +
    "or so. Sent again it is a 404, as any id that is not the caller's. There is no 409 with it.",
  schema: { type: "string", enum: ["true", "false"], default: "false" },
};

function cancel(operationId: string): JsonObject {
  return {
    operationId,
    summary: "Ends a task that has no result yet; or, with purge=true, deletes any task for good.",
    tags: ["tasks"],
    security: secured,
    parameters: [taskId, purge, traceparent],
    responses: {
      200: oneOf("It is canceled, now or before; or it is deleted.", "Canceled", "Purged"),
      ...refusals([
        "invalid_request",
        "unauthorized",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "task_is_final",
        "rate_limited",
        "internal_error",
        "unavailable",
      ]),
    },
  };
}

function report(operationId: string): JsonObject {
  return {
    operationId,
    summary: "Hides the result of a complete task for good, and tells the operator why.",
    tags: ["tasks"],
    security: secured,
    parameters: [taskId, traceparent],
    requestBody: {
      required: true,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Report" } } },
    },
    responses: {
      200: answer("It is reported, now or before.", "Reported"),
      ...refusals([
        "invalid_request",
        "unauthorized",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "task_not_complete",
        "rate_limited",
        "payload_too_large",
        "unsupported_media_type",
        "internal_error",
        "unavailable",
      ]),
    },
  };
}

function status(operationId: string, parameters: readonly JsonObject[] = []): JsonObject {
  return {
    operationId,
    summary: "How far a task is.",
    tags: ["tasks"],
    security: secured,
    parameters: [taskId, ...parameters, traceparent],
    responses: {
      200: answer("The task, if it is the caller's own.", "Status"),
      ...refusals([
        "invalid_request",
        "unauthorized",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "rate_limited",
        "internal_error",
        "unavailable",
      ]),
    },
  };
}

/** What is done with tasks, under the path of the API guide and under the function's own name. */
export const taskPaths: JsonObject = {
  "/tasks/{celery_task_id}/status": { get: status("readStatus", [service]) },
  "/tasks/{celery_task_id}": { delete: cancel("cancel") },
  "/tasks/{celery_task_id}/report": { post: report("report") },
  "/tasks-status/{celery_task_id}": {
    get: status("readStatusByFunctionName"),
    delete: cancel("cancelByFunctionName"),
  },
  "/tasks-status/{celery_task_id}/report": { post: report("reportByFunctionName") },
};
