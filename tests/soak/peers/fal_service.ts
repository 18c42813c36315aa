import { Hono } from "hono";
import type { Service } from "./service.ts";
import { serveRuns } from "./serve_runs.ts";
import { cancelRun, type Run, type Runs } from "./runs.ts";

const APP = "/fal-ai/flux";
const KEY = "fal-key";

/**
 * fal's queue, as its clients see it. Sources: https://fal.ai/docs/api-reference/inference-api (submit,
 * status, result, cancel), https://docs.fal.ai/errors (a wrong input is told with the result),
 * https://fal.ai/docs/documentation/model-apis/request-errors.
 */
export function startFal(): Service {
  return serveRuns(routesOf, {
    isSubmit: (method, path) => method === "POST" && path === `${APP}/dev`,
    environmentBy: (origin) => Promise.resolve({ SIMULATED: origin, FAL_KEY: KEY }),
  });
}

function routesOf(runs: Runs): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (context.req.header("authorization") === `Key ${KEY}`) return await next();
    return context.json({ detail: "Authentication is required to access this application." }, 401);
  });
  app.post(`${APP}/dev`, async (context) => {
    const { prompt = "" }: { prompt?: string } = await context.req.json();
    const run = runs.accept(prompt);
    return context.json({ status: "IN_QUEUE", queue_position: 0, ...addressesOf(run) });
  });
  app.get(`${APP}/requests/:id/status`, (context) => {
    const run = runs.find(context.req.param("id"));
    if (!run) return context.json({ detail: "Request not found" }, 404);
    const status = statusOf(run);
    return context.json({ status, ...addressesOf(run) }, status === "COMPLETED" ? 200 : 202);
  });
  app.get(`${APP}/requests/:id`, (context) => {
    const run = runs.find(context.req.param("id"));
    if (!run) return context.json({ detail: "Request not found" }, 404);
    if (run.isCanceled) {
      const detail = "Request was cancelled by the client";
      return Response.json({ detail, error_type: "client_cancelled" }, { status: 499 });
    }
    if (run.prompt !== "") return context.json({ images: [pictureOf(run)], prompt: run.prompt });
    const [loc, msg] = [["body", "prompt"], "String should have at least 1 character"];
    const url = "https://docs.fal.ai/errors/#string_too_short";
    return context.json({ detail: [{ loc, msg, type: "string_too_short", url }] }, 422);
  });
  app.put(`${APP}/requests/:id/cancel`, (context) => {
    const run = runs.find(context.req.param("id"));
    if (!run) return context.json({ status: "NOT_FOUND" }, 404);
    return cancelRun(run)
      ? context.json({ status: "CANCELLATION_REQUESTED" }, 202)
      : context.json({ status: "ALREADY_COMPLETED" }, 400);
  });
  return app;
}

function statusOf(run: Run): "IN_PROGRESS" | "COMPLETED" {
  return run.isCanceled || Date.now() >= run.endsAt ? "COMPLETED" : "IN_PROGRESS";
}

function addressesOf({ id }: Run): Record<string, string> {
  const response_url = `https://queue.fal.run${APP}/requests/${id}`;
  const [status_url, cancel_url] = [`${response_url}/status`, `${response_url}/cancel`];
  return { request_id: id, response_url, status_url, cancel_url };
}

function pictureOf({ id }: Run): object {
  return { url: `https://v3.fal.media/files/${id}.jpg`, content_type: "image/jpeg" };
}
