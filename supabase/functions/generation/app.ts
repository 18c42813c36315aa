import type { Authenticator, Caller } from "../../../shared/auth/authenticate.ts";
import { isOneOfSecrets } from "../../../shared/auth/secret.ts";
import type { UserLimit } from "../../../shared/auth/user_limit.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import { excerpt } from "../../../shared/contract/excerpt.ts";
import {
  isOperationId,
  type OperationId,
  operations,
} from "../../../shared/contract/operations.ts";
import type { AcceptedBody } from "../../../shared/contract/responses.ts";
import {
  type GenerationCommand,
  type ModelOf,
  type MostOf,
  parseCommand,
} from "../../../shared/generation/command.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { limitRefusals } from "../../../shared/http/limit_refusals.ts";
import { limitBody, readJson } from "../../../shared/http/read_json.ts";
import type { Log } from "../../../shared/log.ts";
import { openApiDocument } from "../../../shared/openapi/document.ts";
import type { Submission } from "../../../shared/tasks/caller_tasks.ts";
import { accept, type AcceptDependencies } from "./accept.ts";
import type { HealthCheck } from "./health.ts";

export interface GenerationDependencies extends AcceptDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly authenticator: Authenticator;
  /** How many of a user's submits may be refused before look-ups are spared. */
  readonly refusals: UserLimit;
  readonly health: HealthCheck;
  /** The worker's: whoever has one is told all of the service's health. */
  readonly operatorSecrets: readonly string[];
  /** What the operator has chosen; it decides what the provider counts a task by. */
  readonly modelOf: ModelOf;
  /** What the operator allows at most. */
  readonly mostOf: MostOf;
  /** Notifies the worker that there is work; returns at once and never throws. */
  wakeWorker(): void;
  /** URL under which apps reach the functions. */
  readonly functionsUrl: string;
}

/** `POST /generation/{operation}`, `GET /generation/health` and `GET /generation/openapi.json`. */
export function createGenerationApp(dependencies: GenerationDependencies): App {
  const { log, authenticator, refusals, health, modelOf, mostOf, wakeWorker, functionsUrl } =
    dependencies;
  const isOperator = (secret = ""): boolean => isOneOfSecrets(secret, dependencies.operatorSecrets);
  const app = createApp({ log, corsOrigins: dependencies.corsOrigins });

  app.get(
    "/generation/health",
    async (c) => c.json(await health.check(isOperator(c.req.header("apikey")))),
  );
  refuseOtherMethods(app, "/generation/health", "GET");

  app.get("/generation/openapi.json", (c) => c.json(openApiDocument(functionsUrl)));
  refuseOtherMethods(app, "/generation/openapi.json", "GET");

  app.post("/generation/:operation", limitBody(), async (c) => {
    const caller = await authenticator.authenticate(c.req.raw.headers);
    const { command, submission, warnings } = await limitRefusals(
      refusals,
      caller.userId,
      async () => {
        const operation = readOperation(c.req.param("operation"), caller);
        const command = parseCommand(operation, await readJson(c), modelOf, mostOf);
        const submitter = {
          userId: caller.userId,
          apiKeyId: caller.apiKey.id,
          requestId: c.get("requestId"),
        };
        return { command, ...await accept(command, submitter, dependencies) };
      },
    );

    if (submission.replayed) c.header("Idempotency-Replayed", "true");
    if (submission.wake) wakeWorker();
    c.get("log")
      .with({ task_id: submission.id, user_id: caller.userId })
      .info("task accepted", {
        operation: command.operation,
        provider: command.provider,
        replayed: submission.replayed,
      });
    return c.json(acceptedBody(command, submission, warnings, functionsUrl), 202);
  });
  refuseOtherMethods(app, "/generation/:operation", "POST");
  return app;
}

/** Before the body is read, which a caller without the right to the operation need not send. */
function readOperation(operation: string, { apiKey }: Caller): OperationId {
  if (!isOperationId(operation)) {
    const known = Object.keys(operations).join(", ");
    throw new ApiError(
      "not_found",
      `Unknown operation ${JSON.stringify(excerpt(operation))}; known: ${known}`,
    );
  }
  if (apiKey.allowedOperations && !apiKey.allowedOperations.includes(operation)) {
    throw new ApiError("forbidden", "Access denied");
  }
  return operation;
}

function acceptedBody(
  { clientTaskId }: GenerationCommand,
  { id, status }: Submission,
  warnings: readonly string[],
  functionsUrl: string,
): AcceptedBody {
  return {
    celery_task_id: id,
    task_id: clientTaskId,
    status,
    status_url: `${functionsUrl}/tasks/${id}/status`,
    warnings: [...warnings],
  };
}
