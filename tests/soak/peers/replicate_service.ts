import { setTimeout } from "node:timers/promises";
import { Hono } from "hono";
import type { Service } from "./service.ts";
import { serveRuns } from "./serve_runs.ts";
import { cancelRun, type Run, type Runs } from "./runs.ts";

const MODEL = "black-forest-labs/flux-dev";
const SUBMIT = `/v1/models/${MODEL}/predictions`;
const TOKEN = "replicate-token";
/** For how long a request is held with `Prefer: wait`. */
const WAIT_SECONDS = 60;

/**
 * Replicate's predictions, as its clients see them. Sources:
 * https://replicate.com/docs/topics/predictions/create-a-prediction (`Prefer: wait`),
 * https://replicate.com/docs/reference/http (create, get, cancel).
 */
export function startReplicate(): Service {
  return serveRuns(routesOf, {
    isSubmit: (method, path) => method === "POST" && path === SUBMIT,
    environmentBy: (origin) => Promise.resolve({ SIMULATED: origin, REPLICATE_API_TOKEN: TOKEN }),
  });
}

function routesOf(runs: Runs): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (context.req.header("authorization") === `Bearer ${TOKEN}`) return await next();
    const detail = "You did not pass a valid authentication token";
    return context.json({ title: "Unauthenticated", detail, status: 401 }, 401);
  });
  app.post(SUBMIT, async (context) => {
    const { input }: { input: { prompt?: string } } = await context.req.json();
    if (!input.prompt) {
      const [title, detail] = ["Input validation failed", "- input.prompt: prompt is required\n"];
      return context.json({ title, detail, status: 422 }, 422);
    }
    const run = runs.accept(input.prompt);
    const wait = /^wait(?:=(\d+))?$/.exec(context.req.header("prefer") ?? "");
    if (wait) {
      const most = 1_000 * Number(wait[1] ?? WAIT_SECONDS);
      await setTimeout(Math.min(most, run.endsAt - Date.now()));
    }
    return context.json(predictionOf(run), 201);
  });
  app.get("/v1/predictions/:id", (context) => {
    const run = runs.find(context.req.param("id"));
    return run ? context.json(predictionOf(run)) : context.json({ status: 404 }, 404);
  });
  app.post("/v1/predictions/:id/cancel", (context) => {
    const run = runs.find(context.req.param("id"));
    if (!run) return context.json({ status: 404 }, 404);
    cancelRun(run);
    return context.json(predictionOf(run));
  });
  return app;
}

function predictionOf(run: Run): object {
  const { id, isCanceled, endsAt } = run;
  const url = `https://api.replicate.com/v1/predictions/${id}`;
  const status = isCanceled ? "canceled" : Date.now() >= endsAt ? "succeeded" : "processing";
  const output = status === "succeeded" ? [`https://replicate.delivery/${id}/out-0.png`] : null;
  const urls = { get: url, cancel: `${url}/cancel` };
  return { id, model: MODEL, input: { prompt: run.prompt }, status, output, error: null, urls };
}
