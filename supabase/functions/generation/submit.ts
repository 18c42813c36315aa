import type { Context } from "hono";
import type { Authenticator, Caller } from "../../../shared/auth/authenticate.ts";
import type { UserLimit } from "../../../shared/auth/user_limit.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import { excerpt } from "../../../shared/contract/excerpt.ts";
import {
  isOperationId,
  type OperationId,
  operations,
} from "../../../shared/contract/operations.ts";
import type { AcceptedBody, DryRunBody } from "../../../shared/contract/responses.ts";
import { roundUsd } from "../../../shared/contract/usd.ts";
import {
  type GenerationCommand,
  type ModelOf,
  type MostOf,
  parseCommand,
} from "../../../shared/generation/command.ts";
import type { App, AppEnvironment } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { limitRefusals } from "../../../shared/http/limit_refusals.ts";
import { readFlag } from "../../../shared/http/read_flag.ts";
import { limitBody, readJson } from "../../../shared/http/read_json.ts";
import type { Submission } from "../../../shared/tasks/submits.ts";
import { accountBodyOf } from "../../../shared/tasks/user_quota.ts";
import {
  accept,
  type AcceptDependencies,
  dryRun,
  type DryRunAnswer,
  type RequestCaller,
} from "./accept.ts";

export interface SubmitDependencies extends AcceptDependencies {
  readonly authenticator: Authenticator;
  /** How many of a user's submits may be refused before look-ups are spared. */
  readonly refusals: UserLimit;
  /** What the operator has chosen; it decides what the provider counts a task by. */
  readonly modelOf: ModelOf;
  /** What the operator allows at most. */
  readonly mostOf: MostOf;
  /** Notifies the worker that there is work; returns at once and never throws. */
  wakeWorker(): void;
  /** URL under which apps reach the functions. */
  readonly functionsUrl: string;
}

/** `POST /generation/{operation}`, and the same with `dry_run=true`, which leaves nothing behind. */
export function addSubmit(app: App, dependencies: SubmitDependencies): void {
  const { authenticator, refusals, modelOf, mostOf } = dependencies;
  app.post("/generation/:operation", limitBody(), async (c) => {
    const caller = await authenticator.authenticate(c.req.raw.headers);
    const requestCaller: RequestCaller = {
      userId: caller.userId,
      plan: caller.plan,
      apiKeyId: caller.apiKey.id,
      requestId: c.get("requestId"),
    };
    const answer = await limitRefusals(refusals, caller.userId, async () => {
      const operation = readOperation(c.req.param("operation"), caller);
      const isDryRun = readFlag(c, "dry_run");
      const command = parseCommand(operation, await readJson(c), modelOf, mostOf);
      return isDryRun
        ? dryRunBody(command, await dryRun(command, requestCaller, dependencies))
        : { command, ...await accept(command, requestCaller, dependencies) };
    });
    if ("dry_run" in answer) return c.json(answer);

    const { command, submission, warnings } = answer;
    if (submission.wake) dependencies.wakeWorker();
    tell(c, caller, command, submission);
    return c.json(acceptedBody(command, submission, warnings, dependencies.functionsUrl), 202);
  });
  refuseOtherMethods(app, "/generation/:operation", "POST");
}

function tell(
  c: Context<AppEnvironment>,
  { userId }: Caller,
  { operation, provider }: GenerationCommand,
  { id, replayed }: Submission,
): void {
  if (replayed) c.header("Idempotency-Replayed", "true");
  c.get("log")
    .with({ task_id: id, user_id: userId })
    .info("task accepted", { operation, provider, replayed });
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

function dryRunBody(
  { estimateUsd }: GenerationCommand,
  { replay, expectedStartSeconds, quota, warnings }: DryRunAnswer,
): DryRunBody {
  return {
    dry_run: true,
    ...(replay && { replayed: true, celery_task_id: replay.id }),
    estimate_usd: replay ? 0 : roundUsd(estimateUsd),
    expected_start_seconds: expectedStartSeconds,
    quota: accountBodyOf(quota),
    warnings: [...warnings],
  };
}
