/**
 * What becomes of a valid request.
 *
 * @module
 */
import { answerJobCall, type Submission } from "../job_call.ts";
import type { JobPlan } from "../jobs.ts";
import { end, moderation, type PictureEnding, succeed } from "./endings.ts";
import { refuse } from "./errors.ts";
import { ALL_TASKS, models, pools } from "./models.ts";
import { pictureFile } from "./pictures.ts";
import type { PictureRequest } from "./request.ts";
import { type Caller, clusters, type FluxService, NAME } from "./service.ts";

/** How long a picture can be fetched after its job has ended. */
const LINK_LIFE_MS = 10 * 60_000;

export async function answerPictureRequest(
  request: PictureRequest,
  service: FluxService,
  caller: Caller,
): Promise<Response> {
  const id = crypto.randomUUID();
  const { operation, model, record } = request;
  return await answerJobCall<PictureEnding>(service.context, {
    purchase: { provider: NAME, operation, model, request: record, request_id: id },
    signal: caller.signal,
    decide: () => decide(request, service, caller),
    endings: { usual: succeed(), emptyFile: succeed("no_bytes") },
    ownFaults: {
      rate_limited: { refusal: refuse("too_many_tasks") },
      server_error: { refusal: refuse("server_error") },
      refused: { course: { ending: end("Request Moderated", moderation) } },
    },
    start: (plan) => start(id, plan, { request, service, caller }),
  });
}

function decide(
  { operation, model, order }: PictureRequest,
  { jobs, finder }: FluxService,
  { owner }: Caller,
): Submission<PictureEnding> {
  const { pool } = models[model];
  const isFull = jobs.countActive(owner, [pool]) >= pools[pool] ||
    jobs.countActive(owner, ["pro", "max"]) >= ALL_TASKS;
  if (isFull) return { refusal: refuse("too_many_tasks") };
  return finder.take(operation, order.prompt) ?? { course: { ending: succeed() } };
}

interface Start {
  readonly request: PictureRequest;
  readonly service: FluxService;
  readonly caller: Caller;
}

function start(
  id: string,
  plan: JobPlan<PictureEnding>,
  { request: { order, model }, service: { jobs, results }, caller: { owner, origin } }: Start,
): Response {
  const lifeMs = plan.durationMs + LINK_LIFE_MS;
  const token = results.add(pictureFile(order, plan.ending), lifeMs);
  const cluster = clusters[Number.parseInt(id, 16) % clusters.length] ?? clusters[0];
  const { pool } = models[model];
  jobs.add({ id, owner, pool, plan, order: { ...order, cluster, token } });
  return Response.json({
    id,
    polling_url: `${origin}/${NAME}/clusters/${cluster}/v1/get_result?id=${id}`,
    // The price comes with the result.
    cost: null,
    input_mp: null,
    output_mp: null,
  });
}
