/**
 * The simulated Stability API: base address `/stability`.
 *
 * Source: https://platform.stability.ai/docs/api-reference
 *
 * @module
 */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { answerBillableCall, type CallOutcome } from "../billable_call.ts";
import { breakOff } from "../lost_answer.ts";
import { RateGate } from "../rate_gate.ts";
import type { ProviderSimulator, SimulatorContext } from "../simulator.ts";
import { TriggerFinder } from "../triggers.ts";
import { answerEmpty, answerResult, answerUnreadable, type StabilityCall } from "./answers.ts";
import { endpoints, pathsNotSimulated } from "./endpoints.ts";
import { StabilityError } from "./errors.ts";
import { answerRateLimited, failure } from "./failures.ts";
import { isForeign } from "./language.ts";
import { readRequest, type StabilityRequest } from "./request.ts";
import { triggers } from "./triggers.ts";

const NAME = "stability";
const RATE_LIMIT = { amount: 150, windowMs: 10_000, lockOutMs: 60_000 };

export const stabilitySimulator: ProviderSimulator = {
  name: NAME,
  operations: endpoints.map(({ operation }) => operation),
  createApp,
};

interface StabilityEnvironment {
  Variables: { requestId: string };
}

function createApp(context: SimulatorContext): Hono {
  const finder = new TriggerFinder(triggers);
  const gate = new RateGate(RATE_LIMIT, context.now);
  const app = new Hono<StabilityEnvironment>();
  app.onError(answerError);
  app.use(addRequestId);
  for (const endpoint of endpoints) {
    app.post(endpoint.path, async (c) => {
      const key = readKey(c.req.raw);
      if (key !== undefined && !gate.admits(key)) throw failure("rate_limit_exceeded");
      const request = await readRequest(c.req.raw, endpoint);
      // Only now: the service judges the fields before it looks at the key.
      if (key === undefined) throw failure("unauthorized");
      if (isForeign(request.fields.prompt ?? "")) throw failure("invalid_language");
      return await answerRequest(request, {
        context,
        finder,
        requestId: c.var.requestId,
        signal: c.req.raw.signal,
      });
    });
  }
  for (const path of pathsNotSimulated) {
    app.all(path, (c) => {
      throw new StabilityError("not_simulated", [`${c.req.method} ${c.req.path} is not simulated`]);
    });
  }
  app.all("*", () => failure("not_found").toResponse());
  // Wrapped, so that the variables of this provider stay its own business.
  return new Hono().route("/", app);
}

/** Images only: nothing is documented for models. */
const addRequestId = createMiddleware<StabilityEnvironment>(async (c, next) => {
  const requestId = crypto.randomUUID().replaceAll("-", "");
  c.set("requestId", requestId);
  await next();
  if (!c.req.path.includes("/v2beta/3d/")) c.res.headers.set("x-request-id", requestId);
});

/** Every key that looks like one is good. */
function readKey({ headers }: Request): string | undefined {
  return /^Bearer (sk-\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
}

type Finder = TriggerFinder<(typeof triggers)[string]>;

interface Surroundings {
  readonly context: SimulatorContext;
  readonly finder: Finder;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

async function answerRequest(
  request: StabilityRequest,
  { context, finder, requestId, signal }: Surroundings,
): Promise<Response> {
  const { endpoint: { operation, path }, fields, record } = request;
  const call: StabilityCall = { request, seed: fields.seed || randomSeed() };
  return await answerBillableCall(context, {
    purchase: {
      provider: NAME,
      operation,
      model: path.replace("/v2beta/", ""),
      request: record,
      request_id: requestId,
    },
    signal,
    outcome: () => decideOutcome(call, finder, context.latencyMs),
    faultAnswers: {
      rate_limited: answerRateLimited,
      server_error: () => failure("internal_error").toResponse(),
      refused: () => failure("content_moderation").toResponse(),
      empty_file: () => answerEmpty(call),
      invalid_json: () => answerUnreadable(call),
      disconnect: async () => await breakOff(await answerResult(call)),
    },
  });
}

function decideOutcome(
  call: StabilityCall,
  finder: Finder,
  usualLatencyMs: number,
): CallOutcome {
  const { endpoint, fields, image } = call.request;
  const text = fields.prompt ?? image?.description.name ?? "";
  const trigger = finder.take(endpoint.operation, text);
  if (trigger === undefined) {
    return { billed: true, latencyMs: usualLatencyMs, answer: () => answerResult(call) };
  }
  const { billed, latencyMs = 0, answer } = trigger;
  return { billed, latencyMs, answer: () => answer(call) };
}

/** 1 to 4,294,967,294. */
function randomSeed(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return (random % 4_294_967_294) + 1;
}

function answerError(error: Error): Response {
  if (error instanceof StabilityError) return error.toResponse();
  // A fault of the simulator: say so, or it would be taken for a simulated one.
  return Response.json(
    { id: "simulator", name: "simulator_bug", errors: [error.stack ?? error.message] },
    { status: 500 },
  );
}
