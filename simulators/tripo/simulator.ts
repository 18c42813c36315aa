/**
 * The simulated Tripo: base address `/tripo/v3`.
 *
 * Source: https://developers.tripo3d.ai/en/docs/quick-start
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { answerFreeRequest, type OwnFaultAnswers } from "../free_request.ts";
import type { ProviderSimulator, SimulatorContext } from "../simulator.ts";
import { refuse, TripoError } from "./errors.ts";
import { readImageToModel, readMultiviewToModel, readTextToModel } from "./generation_requests.ts";
import { addTraceId, requireKey, type TripoEnvironment } from "./headers.ts";
import { readImport } from "./import_request.ts";
import { type Caller, createService, NAME, type TripoService } from "./service.ts";
import type { Account } from "./sources.ts";
import { createStorage } from "./storage.ts";
import { answerFreeTask, answerTaskRequest } from "./submission.ts";
import {
  answerBalance,
  answerTask,
  answerTaskList,
  answerUsage,
  readTaskIds,
} from "./task_routes.ts";
import { operations, type TaskRequest } from "./tasks.ts";
import { readTexture } from "./texture_request.ts";
import { answerPresign, answerUpload, readPresign, readUpload } from "./uploads.ts";

export const tripoSimulator: ProviderSimulator = {
  name: NAME,
  operations,
  freeOperations: ["upload", "poll", "download"],
  createApp,
};

/** Reads and validates the body of one endpoint. */
type RequestReader = (request: Request, account: Account) => Promise<TaskRequest>;

const taskEndpoints: Readonly<Record<string, RequestReader>> = {
  "/generation/text-to-model": readTextToModel,
  "/generation/image-to-model": readImageToModel,
  "/generation/multiview-to-model": readMultiviewToModel,
  "/models/texture": readTexture,
};

const retiredPaths = ["/models/refine", "/models/stylize"];
const unsimulatedPaths = [
  "/files/upload-credentials",
  "/generation/*",
  "/models/*",
  "/mesh/*",
  "/animations/*",
];

type TripoContext = Context<TripoEnvironment>;

function createApp(context: SimulatorContext): Hono {
  const service = createService(context);
  const app = new Hono();
  app.onError((error) => answerError(error, crypto.randomUUID()));
  app.route("/storage", createStorage(service));
  app.route("/v3", createApi(service));
  app.all("/v2/*", refuse("gone"));
  app.all("*", refuse("no_such_route"));
  return app;
}

function createApi(service: TripoService): Hono<TripoEnvironment> {
  const app = new Hono<TripoEnvironment>();
  app.onError((error, c) => answerError(error, c.var.requestId));
  app.use(addTraceId, requireKey);
  addTaskEndpoints(app, service);
  addFileEndpoints(app, service);
  app.post("/tasks/list", async (c) => {
    const ids = await readTaskIds(c.req.raw);
    return await answerFree(c, service, "poll", () => answerTaskList(ids, service, callerOf(c)));
  });
  app.get(
    "/tasks/:id",
    (c) =>
      answerFree(c, service, "poll", () => answerTask(c.req.param("id"), service, callerOf(c))),
  );
  app.get("/account/balance", (c) => answerBalance(service, callerOf(c)));
  app.get("/account/usage", (c) => answerUsage(c.req.query(), service, callerOf(c)));
  for (const path of knownPaths) app.all(path, refuse("wrong_method"));
  for (const path of retiredPaths) app.post(path, refuse("request_type_deprecated"));
  for (const path of unsimulatedPaths) app.post(path, refuse("not_simulated"));
  app.all("*", refuse("no_such_route"));
  return app;
}

/** Those that exist, though perhaps for another method. */
const knownPaths = [
  ...Object.keys(taskEndpoints),
  "/models/import",
  "/files",
  "/files/presign",
  "/tasks/:id",
  "/account/balance",
  "/account/usage",
];

function addTaskEndpoints(app: Hono<TripoEnvironment>, service: TripoService): void {
  for (const [path, read] of Object.entries(taskEndpoints)) {
    app.post(path, async (c) => {
      const request = await read(c.req.raw, accountOf(c, service));
      return await answerTaskRequest(request, service, callerOf(c));
    });
  }
  app.post("/models/import", async (c) => {
    const order = await readImport(c.req.raw, accountOf(c, service));
    return answerFreeTask(order, service, callerOf(c));
  });
}

function addFileEndpoints(app: Hono<TripoEnvironment>, service: TripoService): void {
  app.post("/files", async (c) => {
    const file = await readUpload(c.req.raw);
    return await answerFree(c, service, "upload", () => answerUpload(file, service, c.var.owner));
  });
  app.post("/files/presign", async (c) => {
    await readPresign(c.req.raw);
    return await answerFree(c, service, "upload", () => answerPresign(service, callerOf(c)));
  });
}

async function answerFree(
  c: TripoContext,
  { context }: TripoService,
  operation: "upload" | "poll",
  answer: () => Response,
): Promise<Response> {
  const { signal } = c.req.raw;
  return await answerFreeRequest(context, {
    provider: NAME,
    operation,
    signal,
    answer,
    faultAnswers,
  });
}

const faultAnswers: OwnFaultAnswers = {
  rate_limited: refuse("too_many_requests"),
  server_error: refuse("server_error"),
  refused: refuse("forbidden"),
};

function callerOf(c: TripoContext): Caller {
  const { origin } = new URL(c.req.url);
  return { owner: c.var.owner, origin, signal: c.req.raw.signal };
}

function accountOf(c: TripoContext, { files, tasks }: TripoService): Account {
  return { owner: c.var.owner, files, tasks };
}

function answerError(error: Error, requestId: string): Response {
  if (error instanceof TripoError) return error.toResponse(requestId);
  // A fault of the simulator: say so, or it would be taken for a simulated one.
  return Response.json({
    code: 500_500,
    status: "error",
    message: `Simulator bug: ${error.stack ?? error.message}`,
    request_id: requestId,
  }, { status: 500 });
}
