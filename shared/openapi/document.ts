import { API_ERROR_STATUS, type ApiErrorCode } from "../contract/errors.ts";
import { type OperationId, operationIds, operations } from "../contract/operations.ts";
import { reportRequest } from "../contract/report.ts";
import {
  acceptedBody,
  accountDeletedBody,
  canceledBody,
  errorBody,
  healthBody,
  purgedBody,
  reportedBody,
  statusBody,
} from "../contract/responses.ts";
import { requestBody, requestSchemas, toJsonSchema } from "./request_schemas.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The version of the API, as its guide counts. */
const VERSION = "2.0.0";

const DESCRIPTION =
  `Images and 3D models by AI services. A request is accepted at once and worked off
in the background: poll the status with the celery_task_id. Input files are uploaded to the project's
Storage first, and named by their URL there; a user with as many files or bytes as allowed uploads no
more, and what nothing uses is removed after a week. They must stay as they are until the task has
ended. Parameters of another provider of the same operation are accepted, ignored and named in warnings;
a field that none knows is refused.`;

const secured = [{ apiKey: [], userToken: [] }];

/**
 * The API in the terms of OpenAPI 3.1, made of the very schemas that check requests.
 *
 * @param functionsUrl URL under which apps reach the functions.
 */
export function openApiDocument(functionsUrl: string): JsonObject {
  return {
    openapi: "3.1.0",
    info: {
      title: "MakeIt3D",
      version: VERSION,
      description: DESCRIPTION.replaceAll("\n", " "),
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: functionsUrl }],
    paths: {
      ...Object.fromEntries(operationIds.map((id) => [`/generation/${id}`, { post: submit(id) }])),
      "/tasks/{celery_task_id}/status": { get: status("readStatus", [service]) },
      "/tasks/{celery_task_id}": { delete: cancel("cancel") },
      "/tasks/{celery_task_id}/report": { post: report("report") },
      "/tasks-status/{celery_task_id}": {
        get: status("readStatusByFunctionName"),
        delete: cancel("cancelByFunctionName"),
      },
      "/account": { delete: deleteAccount },
      "/tasks-status/{celery_task_id}/report": { post: report("reportByFunctionName") },
      "/generation/health": { get: health },
      "/generation/openapi.json": { get: self },
    },
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "The app's key." },
        userToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The user's access token from Supabase Auth.",
        },
      },
      schemas: {
        Accepted: toJsonSchema(acceptedBody, "output"),
        Status: toJsonSchema(statusBody, "output"),
        Canceled: toJsonSchema(canceledBody, "output"),
        Purged: toJsonSchema(purgedBody, "output"),
        AccountDeleted: toJsonSchema(accountDeletedBody, "output"),
        Reported: toJsonSchema(reportedBody, "output"),
        Report: toJsonSchema(reportRequest, "input"),
        Health: toJsonSchema(healthBody, "output"),
        Error: toJsonSchema(errorBody, "output"),
        ...Object.assign({}, ...operationIds.map(requestSchemas)),
      },
    },
  };
}

function submit(operation: OperationId): JsonObject {
  return {
    operationId: operation,
    summary: operations[operation].summary,
    tags: ["generation"],
    security: secured,
    requestBody: requestBody(operation),
    responses: {
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
        "internal_error",
        "unavailable",
      ]),
    },
  };
}

const service = {
  name: "service",
  in: "query",
  description: "Selects nothing; old apps send it.",
  schema: { type: "string", enum: ["openai", "tripoai"] },
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
    parameters: [taskId, purge],
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
    parameters: [taskId],
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
    parameters: [taskId, ...parameters],
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

const retryAfter = {
  "Retry-After": {
    description: "After how many seconds to try again.",
    required: true,
    schema: { type: "integer", minimum: 1 },
  },
};

const deleteAccount = {
  operationId: "deleteAccount",
  summary: "Deletes everything of the caller, and the caller's user, for good.",
  description:
    "Tasks in any state, results, inputs, rows, and the user in Auth. What a provider already " +
    "works on is shown no more, and is gone when the provider has ended it. Files are gone within a " +
    "minute or so. To be sent again after any answer but 200: it goes on where it broke off. The " +
    "user's tokens are good for nothing from then on.",
  tags: ["account"],
  security: secured,
  responses: {
    200: answer("It is deleted, now or before.", "AccountDeleted"),
    ...refusals([
      "unauthorized",
      "forbidden",
      "method_not_allowed",
      "rate_limited",
      "internal_error",
      "unavailable",
    ]),
  },
};

const health = {
  operationId: "health",
  summary: "Whether requests are accepted and worked off now. The answer may be five seconds old.",
  tags: ["service"],
  security: [],
  parameters: [{
    name: "apikey",
    in: "header",
    description:
      "The worker's secret, for the operator: versions, problems, and the reason of a 503.",
    schema: { type: "string" },
  }],
  responses: {
    200: answer("They can.", "Health"),
    ...refusals(["method_not_allowed", "unavailable"]),
  },
};

const self = {
  operationId: "openapi",
  summary: "This document.",
  tags: ["service"],
  security: [],
  responses: {
    200: {
      description: "OpenAPI 3.1.",
      content: { "application/json": { schema: { type: "object" } } },
    },
    ...refusals(["method_not_allowed"]),
  },
};

function answer(description: string, schema: string): JsonObject {
  return { description, content: { "application/json": { schema: reference(schema) } } };
}

function oneOf(description: string, ...schemas: readonly string[]): JsonObject {
  const schema = { oneOf: schemas.map(reference) };
  return { description, content: { "application/json": { schema } } };
}

function reference(schema: string): JsonObject {
  return { $ref: `#/components/schemas/${schema}` };
}

/** Several codes may share a status. */
function refusals(codes: readonly ApiErrorCode[]): Record<string, JsonObject> {
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
  return code === "rate_limited" || code === "unavailable";
}
