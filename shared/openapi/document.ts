import type { z } from "zod";
import { operationIds } from "../contract/operations.ts";
import { operatorActionBody, operatorBody } from "../contract/operator/answers.ts";
import { asset } from "../contract/asset_facts.ts";
import { reportRequest } from "../contract/report.ts";
import {
  acceptedBody,
  accountBody,
  accountDeletedBody,
  availabilityBody,
  canceledBody,
  dryRunBody,
  errorBody,
  healthBody,
  purgedBody,
  reportedBody,
  statusBody,
  taskListBody,
} from "../contract/responses.ts";
import { VERSION } from "../contract/version.ts";
import type { JsonObject } from "./answers.ts";
import { type AnswerName, exampleAnswers, pendingStatus } from "./example_answers.ts";
import { operatorSchemas } from "./operator_schemas.ts";
import { accountPaths } from "./paths/account.ts";
import { generationPaths } from "./paths/generation.ts";
import { operatorPaths } from "./paths/operator.ts";
import { referencePaths } from "./paths/reference.ts";
import { servicePaths } from "./paths/service.ts";
import { taskPaths } from "./paths/tasks.ts";
import { requestSchemas, toJsonSchema } from "./request_schemas.ts";

const DESCRIPTION =
  `Images and 3D models by AI services. A request is accepted at once and worked off
in the background: poll the status with the celery_task_id. Input files are uploaded to the project's
Storage first, and named by their URL there; a user with as many files or bytes as allowed uploads no
more, and what nothing uses is removed after a week. They must stay as they are until the task has
ended. Parameters of another provider of the same operation are accepted, ignored and named in warnings;
a field that none knows is refused.`;

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
      ...generationPaths(),
      ...taskPaths,
      ...accountPaths,
      ...servicePaths,
      ...operatorPaths,
      ...referencePaths,
      ...operatorPaths,
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
        workerSecret: {
          type: "apiKey",
          in: "header",
          name: "apikey",
          description: "The worker's secret, for the operator.",
        },
        workerToken: {
          type: "http",
          scheme: "bearer",
          description: "The worker's secret, for monitoring systems that send no other header.",
        },
      },
      schemas: {
        ...answerSchema("Accepted", acceptedBody),
        ...answerSchema("DryRun", dryRunBody),
        ...answerSchema("Status", statusBody, pendingStatus),
        ...answerSchema("Asset", asset),
        ...answerSchema("TaskList", taskListBody),
        ...answerSchema("Canceled", canceledBody),
        ...answerSchema("Purged", purgedBody),
        ...answerSchema("Account", accountBody),
        ...answerSchema("AccountDeleted", accountDeletedBody),
        ...answerSchema("Reported", reportedBody),
        Report: toJsonSchema(reportRequest, "input"),
        ...answerSchema("Availability", availabilityBody),
        ...answerSchema("Health", healthBody),
        ...answerSchema("Operator", operatorBody),
        ...answerSchema("OperatorAction", operatorActionBody),
        ...operatorSchemas,
        ...answerSchema("Error", errorBody),
        ...Object.assign({}, ...operationIds.map(requestSchemas)),
      },
    },
  };
}

function answerSchema(
  name: AnswerName,
  body: z.ZodType,
  ...more: readonly JsonObject[]
): JsonObject {
  return { [name]: { ...toJsonSchema(body, "output"), examples: [exampleAnswers[name], ...more] } };
}
