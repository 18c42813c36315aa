import { operationIds } from "../../contract/operation_ids.ts";
import { taskStatus } from "../../contract/responses.ts";
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
    description:
      "Its user is shown no result any more. Again is the same answer; the first reason stays. A task " +
      "without a result is a `409 task_not_complete`.",
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

const wait = {
  name: "wait",
  in: "query",
  description:
    "Whole seconds that the answer may wait for a change: until the version is other than that of " +
    "If-None-Match, and without that header other than at first; a task that has ended is answered at " +
    "once then. What has not changed is answered after the wait.",
  schema: { type: "integer", minimum: 0, maximum: 25, default: 0 },
};

const prefer = {
  name: "Prefer",
  in: "header",
  description:
    "`wait=N` is the same as the parameter, which wins; more than 25 counts as 25, and what makes no " +
    "sense is ignored. The answer says in Preference-Applied what counts.",
  schema: { type: "string", examples: ["wait=25"] },
};

const ifNoneMatch = {
  name: "If-None-Match",
  in: "header",
  description:
    "The ETag of the last answer: a task that has still this version is answered with a 304, without a " +
    "body. Private results have new addresses in an answer with a body only.",
  schema: { type: "string", examples: ['"3"'] },
};

const statusHeaders = {
  ETag: {
    description: "The version, in quotes.",
    required: true,
    schema: { type: "string", pattern: '^(W/)?"\\d+"$' },
  },
  "Preference-Applied": {
    description: "Present when Prefer was heard: how long the answer could wait.",
    schema: { type: "string", pattern: "^wait=\\d+$" },
  },
};

function status(operationId: string, parameters: readonly JsonObject[] = []): JsonObject {
  return {
    operationId,
    summary: "How far a task is, at once or as soon as it has changed.",
    description:
      "To follow a task to its end, ask with `wait=25` and the ETag of the last answer as If-None-Match, " +
      "again and again: each change comes within a second. Without the header (some clients take a 304 " +
      "for an error) a change between two requests is told with the next one, the end always at once.",
    tags: ["tasks"],
    security: secured,
    parameters: [taskId, wait, ...parameters, ifNoneMatch, prefer, traceparent],
    responses: {
      200: {
        ...answer("The task, if it is the caller's own.", "Status"),
        headers: statusHeaders,
      },
      304: {
        description: "It has still the version that If-None-Match names.",
        headers: statusHeaders,
      },
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

const listParameters = [
  {
    name: "operation",
    in: "query",
    description: "Those of one operation only.",
    schema: { type: "string", enum: operationIds },
  },
  {
    name: "status",
    in: "query",
    description: "Those of one status only.",
    schema: { type: "string", enum: taskStatus.options },
  },
  {
    name: "limit",
    in: "query",
    description: "How many at most.",
    schema: { type: "integer", minimum: 1, maximum: 100, default: 20 },
  },
  {
    name: "cursor",
    in: "query",
    description:
      "The next_cursor of the answer before, as it is, for the tasks before those. It does not age: what " +
      "is new since comes before it, and what was there is told once.",
    schema: { type: "string", maxLength: 100 },
  },
];

function list(operationId: string): JsonObject {
  return {
    operationId,
    summary: "The caller's tasks, newest first.",
    description:
      "Each as its status tells it. A task that is deleted is not there any more, and one that ended " +
      "without a result not after its time: see the status.",
    tags: ["tasks"],
    security: secured,
    parameters: [...listParameters, traceparent],
    responses: {
      200: answer("A part of them.", "TaskList"),
      ...refusals([
        "invalid_request",
        "unauthorized",
        "forbidden",
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
  "/tasks": { get: list("listTasks") },
  "/tasks/{celery_task_id}/status": { get: status("readStatus", [service]) },
  "/tasks/{celery_task_id}": { delete: cancel("cancel") },
  "/tasks/{celery_task_id}/report": { post: report("report") },
  "/tasks-status": { get: list("listTasksByFunctionName") },
  "/tasks-status/{celery_task_id}": {
    get: status("readStatusByFunctionName"),
    delete: cancel("cancelByFunctionName"),
  },
  "/tasks-status/{celery_task_id}/report": { post: report("reportByFunctionName") },
};
