/**
 * The simulated Recraft API: base address `/recraft/v1`.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { answerBillableCall, type CallOutcome } from "../billable_call.ts";
import { miniatureOf } from "../drawing/miniature.ts";
import { RateGate } from "../rate_gate.ts";
import { ResultFiles } from "../result_files.ts";
import type { ProviderSimulator, SimulatorContext } from "../simulator.ts";
import { TriggerFinder } from "../triggers.ts";
import { Account } from "./account.ts";
import { answerImages, type RecraftCall } from "./answers.ts";
import { createDownloads } from "./downloads.ts";
import { type AcceptedRequest, type Endpoint, endpoints } from "./endpoints.ts";
import { RecraftError } from "./errors.ts";
import {
  answerModerated,
  answerNotFound,
  answerNoUnits,
  answerRateLimited,
  answerServerError,
  answerUnauthorized,
} from "./failures.ts";
import { listModels } from "./models.ts";
import { triggers } from "./triggers.ts";

const NAME = "recraft";
const REQUESTS = { amount: 5, windowMs: 1_000 };
const IMAGES = { amount: 100, windowMs: 60_000 };

/** Real, but nothing here serves them. */
const pathsNotSimulated = ["/status", "/v1/images/*", "/v1/styles", "/v1/styles/*"];

export const recraftSimulator: ProviderSimulator = {
  name: NAME,
  operations: endpoints.map(({ operation }) => operation),
  freeOperations: ["download"],
  createApp,
};

interface RecraftEnvironment {
  Variables: { requestId: string; token: string };
}

type Finder = TriggerFinder<(typeof triggers)[string]>;

/** What the calls of one app share. */
interface Service {
  readonly context: SimulatorContext;
  readonly finder: Finder;
  readonly files: ResultFiles;
  readonly images: RateGate;
  readonly account: Account;
}

function createApp(context: SimulatorContext): Hono {
  const service: Service = {
    context,
    finder: new TriggerFinder(triggers),
    files: new ResultFiles(context.now),
    images: new RateGate(IMAGES, context.now),
    account: new Account(context.ledger),
  };
  const requests = new RateGate(REQUESTS, context.now);
  const app = new Hono<RecraftEnvironment>();
  app.onError(answerBug);
  app.route("/files", createDownloads(context, NAME, service.files));
  app.use("/v1/*", addRequestId, requireToken, async (c, next) => {
    if (!requests.admits(c.var.token)) return answerRateLimited();
    return await next();
  });
  app.get("/v1/users/me", (c) =>
    c.json({
      id: "simulated-user",
      email: "simulated@example.com",
      name: "Simulated User",
      credits: service.account.balance,
    }));
  app.get("/v1/models", (c) => c.json(listModels()));
  for (const endpoint of endpoints) {
    app.post(
      endpoint.path,
      async (c) =>
        await answerRequest(service, endpoint, await endpoint.read(c.req.raw), {
          requestId: c.var.requestId,
          token: c.var.token,
          raw: c.req.raw,
        }),
    );
  }
  for (const path of pathsNotSimulated) {
    app.all(path, (c) => {
      throw new RecraftError("not_simulated", `${c.req.method} ${c.req.path} is not simulated`);
    });
  }
  app.all("*", answerNotFound);
  // Wrapped, so that the variables of this provider stay its own business.
  return new Hono().route("/", app);
}

const addRequestId = createMiddleware<RecraftEnvironment>(async (c, next) => {
  c.set("requestId", crypto.randomUUID());
  await next();
  c.res.headers.set("x-recraft-requestid", c.var.requestId);
});

/** Every token is good. */
const requireToken = createMiddleware<RecraftEnvironment>(async (c, next) => {
  const token = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1];
  if (token === undefined) return answerUnauthorized();
  c.set("token", token);
  return await next();
});

interface Arrival {
  readonly requestId: string;
  readonly token: string;
  readonly raw: Request;
}

async function answerRequest(
  { context, finder, files, images, account }: Service,
  { operation, isList }: Endpoint,
  request: AcceptedRequest,
  { requestId, token, raw }: Arrival,
): Promise<Response> {
  const { fields, rendering, record } = request;
  if (!images.admits(token, rendering.count)) return answerRateLimited();
  if (account.balance < rendering.units) return answerNoUnits(400);
  account.setPrice(requestId, rendering.units);
  const call: RecraftCall = {
    fields,
    rendering,
    isList,
    seed: seedOf(request),
    shown: {
      caption: { prompt: fields.prompt, operation, provider: NAME },
      inputs: request.images.map(miniatureOf),
    },
    acceptedAt: context.now(),
    addLink: (file, lifeMs) => new URL(`/${NAME}/files/${files.add(file, lifeMs)}`, raw.url).href,
  };
  return await answerBillableCall(context, {
    purchase: {
      provider: NAME,
      operation,
      model: rendering.model,
      request: record,
      request_id: requestId,
    },
    signal: raw.signal,
    outcome: () => {
      const trigger = finder.take(operation, textOf(request));
      return decideOutcome(call, trigger, context.latencyMs);
    },
    faultAnswers: {
      rate_limited: answerRateLimited,
      server_error: answerServerError,
      refused: answerModerated,
      empty_file: () => answerImages(call, { emptyFiles: true }),
    },
  });
}

function decideOutcome(
  call: RecraftCall,
  trigger: ReturnType<Finder["take"]>,
  usualLatencyMs: number,
): CallOutcome {
  if (trigger === undefined) {
    return { billed: true, latencyMs: usualLatencyMs, answer: () => answerImages(call) };
  }
  const { billed, latencyMs = 0, answer } = trigger;
  return { billed, latencyMs, answer: () => answer(call) };
}

function textOf({ fields, images }: AcceptedRequest): string {
  return fields.prompt ?? images[0]?.description.name ?? "";
}

/** The same for equal fields and inputs if a seed is given, and never the same if not. */
function seedOf({ fields, images }: AcceptedRequest): string {
  const hashes = images.map(({ description }) => description.sha256);
  return JSON.stringify([fields, hashes, fields.random_seed ?? crypto.randomUUID()]);
}

function answerBug(error: Error): Response {
  if (error instanceof RecraftError) return error.toResponse();
  // A fault of the simulator: say so, or it would be taken for a simulated one.
  return Response.json(
    { code: "simulator_bug", message: error.stack ?? error.message },
    { status: 500 },
  );
}
