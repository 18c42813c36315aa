/**
 * What becomes of a valid request for a task.
 *
 * @module
 */
import { answerJobCall, type Submission } from "../job_call.ts";
import { readBalance } from "./balance.ts";
import { succeed, type TaskEnding } from "./endings.ts";
import { refuse } from "./errors.ts";
import { type Caller, NAME, succeedWith, type TripoService } from "./service.ts";
import { pools, type TaskOrder, type TaskRequest } from "./tasks.ts";
import { isListedLate } from "./triggers.ts";

/** Answers a request for a task that costs something. */
export async function answerTaskRequest(
  request: TaskRequest,
  service: TripoService,
  caller: Caller,
): Promise<Response> {
  const id = crypto.randomUUID();
  const { operation, model, record, pool } = request;
  const order = { ...request.order, isListedLate: isListedLate(request.text) };
  return await answerJobCall<TaskEnding>(service.context, {
    purchase: { provider: NAME, operation, model, request: record, request_id: id },
    signal: caller.signal,
    decide: () => decide(request, service, caller),
    endings: { usual: succeed(), emptyFile: succeed("no_bytes") },
    ownFaults: {
      rate_limited: { refusal: refuse("too_many_tasks") },
      server_error: { refusal: refuse("server_error") },
      refused: { refusal: refuse("content_refused") },
    },
    start: (plan) => {
      service.tasks.add({ id, owner: caller.owner, pool, plan, order });
      return succeedWith({ task_id: id });
    },
  });
}

function decide(
  { operation, pool, order, text }: TaskRequest,
  { tasks, finder }: TripoService,
  { owner }: Caller,
): Submission<TaskEnding> {
  if (tasks.countActive(owner, [pool]) >= pools[pool]) return { refusal: refuse("too_many_tasks") };
  if (readBalance(owner, tasks).balance < order.credits) {
    return { refusal: refuse("insufficient_credits") };
  }
  return finder.take(operation, text) ?? { course: { ending: succeed() } };
}

/** Takes a task that costs nothing. */
export function answerFreeTask(
  order: TaskOrder,
  { tasks, context }: TripoService,
  { owner }: Caller,
): Response {
  const id = crypto.randomUUID();
  const pool = "processing";
  if (tasks.countActive(owner, [pool]) >= pools[pool]) refuse("too_many_tasks")();
  const plan = { durationMs: context.latencyMs, ending: succeed() };
  tasks.add({ id, owner, pool, plan, order });
  return succeedWith({ task_id: id });
}
