/**
 * How a task looks to the account that ordered it.
 *
 * Source: https://developers.tripo3d.ai/en/docs/task-query
 *
 * @module
 */
import { endOf } from "../jobs.ts";
import type { ResultFile } from "../result_files.ts";
import { creditsConsumed } from "./balance.ts";
import type { Failure, Success } from "./endings.ts";
import { modelFile, previewFile } from "./result_kinds.ts";
import type { Caller, TripoService } from "./service.ts";
import type { Task } from "./tasks.ts";

/** How long a result's address is good for. */
const LINK_LIFE_MS = 5 * 60_000;
/** The work is reported faster than it goes: tasks are at 99 for the last tenth of their time. */
const REPORTED_SPEED = 110;
const LAST_PROGRESS = 99;

/** The account's task with this id, unless it is hidden still. */
export function findTask(id: string, { tasks }: TripoService, owner: string): Task | undefined {
  const task = tasks.find(owner, id);
  const hiddenMs = task?.plan.ending.hiddenMs ?? 0;
  return task !== undefined && tasks.ageMs(task) >= hiddenMs ? task : undefined;
}

/** A task in full. Addresses of results are new each time. */
export function showTask(
  task: Task,
  service: TripoService,
  caller: Caller,
): Record<string, unknown> {
  const state = service.tasks.observe(task);
  const common = { ...showRow(task, service), input: task.order.input };
  if (isUnknown(task, service)) return { ...common, progress: 0, output: {} };
  switch (state.phase) {
    case "queued":
      return { ...common, progress: 0, output: {} };
    case "running": {
      const progress = Math.min(Math.floor(state.progress * REPORTED_SPEED), LAST_PROGRESS);
      return { ...common, progress, output: {} };
    }
    case "ended": {
      const completed = { ...common, progress: 100, completed_at: endOf(task).toISOString() };
      return state.ending.status === "success"
        ? { ...completed, output: showOutput(task, state.ending, service, caller) }
        : { ...completed, output: {}, ...showFailure(state.ending) };
    }
  }
}

/** A task in a line. */
export function showRow(task: Task, service: TripoService): Record<string, unknown> {
  const { tasks } = service;
  const state = tasks.observe(task);
  const status = state.phase === "ended" ? state.ending.status : state.phase;
  return {
    task_id: task.id,
    type: task.order.type,
    status: isUnknown(task, service) ? "unknown" : status,
    credits_consumed: creditsConsumed(task, tasks),
    created_at: task.submittedAt.toISOString(),
  };
}

function isUnknown(task: Task, { tasks }: TripoService): boolean {
  return tasks.ageMs(task) < (task.plan.ending.unknownMs ?? 0);
}

function showFailure({ errorCode, errorMessage }: Failure): Record<string, unknown> {
  return {
    ...(errorCode !== undefined && { error_code: errorCode }),
    ...(errorMessage !== undefined && { error_message: errorMessage }),
  };
}

function showOutput(
  task: Task,
  { file, field = "model_url", picture, host, addressAfterMs = 0 }: Success,
  { results, tasks }: TripoService,
  { origin }: Caller,
): Record<string, unknown> {
  const { id, order } = task;
  const link = (name: string, file: ResultFile, base = origin): string =>
    `${base}/tripo/storage/results/${id}/${name}?signature=${results.add(file, LINK_LIFE_MS)}`;
  const model = tasks.ageMs(task) < addressAfterMs ? undefined : modelFile(order, file);
  const url = model && link("model.glb", model, host && `https://${host}`);
  return {
    ...(url !== undefined && { [field]: field === "model_urls" ? [url] : url }),
    ...(picture !== "none" && {
      rendered_image_url: link("preview.webp", previewFile(order, picture)),
    }),
  };
}
