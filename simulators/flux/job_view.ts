/**
 * How a job looks to the account that ordered it.
 *
 * Source: https://docs.bfl.ai/api-reference/utility/get-result
 *
 * @module
 */
import { endOf } from "../jobs.ts";
import type { PictureEnding } from "./endings.ts";
import { type Caller, type FluxService, NAME, type PictureJob } from "./service.ts";
import { toMegapixels } from "./sizes.ts";

/** How much of its work a job thinks, if it does. */
const REASONING_SHARE = 0.2;

/** The answer to a poll of one cluster. */
export function answerPoll(
  id: string,
  cluster: string,
  { jobs }: FluxService,
  { owner, origin }: Caller,
): Response {
  const job = jobs.find(owner, id);
  if (job === undefined || job.order.cluster !== cluster) return answerNotFound(id, 200);
  const { hiding } = job.plan.ending;
  if (hiding !== undefined && jobs.ageMs(job) < hiding.forMs) {
    return answerNotFound(id, hiding.httpStatus);
  }
  const state = jobs.observe(job);
  switch (state.phase) {
    case "queued":
      return answerStatus(id, "Pending", { progress: 0 });
    case "running": {
      const thinks = job.order.reasons && state.progress < REASONING_SHARE;
      const progress = Math.round(100 * state.progress) / 100;
      return answerStatus(id, thinks ? "Reasoning" : "Generating", { progress });
    }
    case "ended":
      return answerEnd(job, state.ending, origin);
  }
}

/** The answer of a cluster that does not know the job. */
export function answerNotFound(id: string, httpStatus: 200 | 404): Response {
  return answerStatus(id, "Task not found", {}, httpStatus);
}

function answerEnd(job: PictureJob, ending: PictureEnding, origin: string): Response {
  const { id, order } = job;
  if (ending.file === undefined) {
    const { status, details = null, httpStatus } = ending;
    return answerStatus(id, status, { details }, httpStatus);
  }
  const { token, cluster } = order;
  const extension = order.format === "jpeg" ? "jpg" : order.format;
  const sample = `${origin}/${NAME}/delivery/${cluster}/results/${id}.${extension}?sig=${token}`;
  return answerStatus(id, ending.status, {
    result: {
      ...(ending.file !== "none" && { sample }),
      prompt: order.prompt,
      seed: order.reportedSeed,
      start_time: job.submittedAt.getTime() / 1000,
      end_time: endOf(job).getTime() / 1000,
      duration: job.plan.durationMs / 1000,
    },
    cost: order.credits,
    input_mp: order.inputMegapixels,
    output_mp: toMegapixels([order.size]),
  });
}

function answerStatus(
  id: string,
  status: string,
  changes: Readonly<Record<string, unknown>>,
  httpStatus = 200,
): Response {
  const body = { id, status, result: null, progress: null, details: null, preview: null };
  return Response.json({ ...body, ...changes }, { status: httpStatus });
}
