/**
 * The simulated FLUX of Black Forest Labs: base address `/flux/v1`. Jobs are asked for elsewhere, and
 * pictures fetched from a third place.
 *
 * Source: https://docs.bfl.ai/api_integration/integration_guidelines
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { answerFreeRequest, type OwnFaultAnswers } from "../free_request.ts";
import type { ProviderSimulator, SimulatorContext } from "../simulator.ts";
import { answerDownload, refuseKey } from "../storage.ts";
import { FieldError, FluxError, refuse } from "./errors.ts";
import { answerNotFound, answerPoll } from "./job_view.ts";
import { type FluxEnvironment, KEY_HEADER, requireKey } from "./key.ts";
import { modelNames, unsimulatedPaths } from "./models.ts";
import { operations, readPictureRequest } from "./request.ts";
import { type Caller, createService, type FluxService, NAME } from "./service.ts";
import { answerPictureRequest } from "./submission.ts";

export const fluxSimulator: ProviderSimulator = {
  name: NAME,
  operations,
  freeOperations: ["poll", "download"],
  createApp,
};

type FluxContext = Context<FluxEnvironment>;

function createApp(context: SimulatorContext): Hono {
  const service = createService(context);
  const app = new Hono();
  app.onError(answerError);
  app.route("/v1", createApi(service));
  app.route("/clusters", createClusters(service));
  app.route("/delivery", createDelivery(service));
  app.all("*", refuse("no_such_route"));
  return app;
}

function createApi(service: FluxService): Hono<FluxEnvironment> {
  const app = new Hono<FluxEnvironment>();
  app.use(requireKey);
  app.get("/credits", (c) => c.json({ credits: readCredits(c.var.owner, service) }));
  // The jobs are with the clusters: who builds the address of a poll does not find them.
  app.get("/get_result", (c) => answerNotFound(c.req.query("id") ?? "", 404));
  for (const model of modelNames) {
    app.post(`/${model}`, async (c) => {
      const request = await readPictureRequest(c.req.raw, model);
      return await answerPictureRequest(request, service, callerOf(c));
    });
    app.all(`/${model}`, refuse("wrong_method"));
  }
  for (const path of unsimulatedPaths) app.post(path, refuse("not_simulated"));
  return app;
}

function createClusters(service: FluxService): Hono<FluxEnvironment> {
  const app = new Hono<FluxEnvironment>();
  app.use(requireKey);
  app.get("/:cluster/v1/get_result", async (c) => {
    const { cluster } = c.req.param();
    const id = c.req.query("id");
    if (id === undefined) {
      const fault = { type: "missing", loc: ["query", "id"], msg: "Field required", input: null };
      throw new FieldError([fault]);
    }
    return await answerFreeRequest(service.context, {
      provider: NAME,
      operation: "poll",
      signal: c.req.raw.signal,
      answer: () => answerPoll(id, cluster, service, callerOf(c)),
      faultAnswers,
    });
  });
  return app;
}

const faultAnswers: OwnFaultAnswers = {
  rate_limited: refuse("too_many_tasks"),
  server_error: refuse("server_error"),
  refused: refuse("not_authenticated"),
};

function createDelivery({ context, results }: FluxService): Hono {
  const app = new Hono();
  app.use(refuseKey(KEY_HEADER));
  app.get("/:cluster/results/:name", (c) => {
    const token = c.req.query("sig") ?? "";
    return answerDownload(context, { provider: NAME, results, token, signal: c.req.raw.signal });
  });
  return app;
}

/** What every account begins with: more than a development stack spends. */
const FIRST_CREDITS = 1_000_000;

function readCredits(owner: string, { jobs }: FluxService): number {
  return jobs.listOf(owner).reduce((credits, job) => {
    const state = jobs.observe(job);
    const isPaid = state.phase === "ended" && state.ending.charged;
    return isPaid ? credits - job.order.credits : credits;
  }, FIRST_CREDITS);
}

function callerOf(c: FluxContext): Caller {
  const { origin } = new URL(c.req.url);
  return { owner: c.var.owner, origin, signal: c.req.raw.signal };
}

function answerError(error: Error): Response {
  if (error instanceof FluxError || error instanceof FieldError) return error.toResponse();
  // A fault of the simulator: say so, or it would be taken for a simulated one.
  const detail = `Simulator bug: ${error.stack ?? error.message}`;
  return Response.json({ detail }, { status: 500 });
}
