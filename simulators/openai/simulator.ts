/**
 * The simulated OpenAI Images API: base address `/openai/v1`.
 *
 * Source: https://developers.openai.com/api/docs/guides/image-generation
 *
 * @module
 */
import { Hono } from "hono";
import { answerBillableCall, type CallOutcome } from "../billable_call.ts";
import { answerFreeRequest } from "../free_request.ts";
import type { ProviderSimulator, SimulatorContext } from "../simulator.ts";
import { TriggerFinder } from "../triggers.ts";
import { answerEmptyFiles, answerImages, type ImageCall } from "./answers.ts";
import { readEdit } from "./edit_request.ts";
import { OpenAiError } from "./errors.ts";
import {
  answerModerationBlocked,
  answerRateLimited,
  answerServerError,
  answerWrongKey,
} from "./failures.ts";
import { addHeaders, type OpenAiEnvironment, requireKey } from "./headers.ts";
import { ImageGate } from "./image_gate.ts";
import { type ImageRequest, operations, readGeneration } from "./image_request.ts";
import { listModels } from "./models.ts";
import { answerModeration, MODERATION } from "./moderation.ts";
import { resolveRendering } from "./rendering.ts";
import { type Trigger, triggers } from "./triggers.ts";

const NAME = "openai";

export const openAiSimulator: ProviderSimulator = {
  name: NAME,
  operations,
  freeOperations: [MODERATION],
  createApp,
};

/** Reads and validates the body of one endpoint. */
type RequestReader = (request: Request) => Promise<ImageRequest>;

const imageEndpoints: Readonly<Record<string, RequestReader>> = {
  "/v1/images/generations": readGeneration,
  "/v1/images/edits": readEdit,
};

function createApp(context: SimulatorContext): Hono {
  const finder = new TriggerFinder(triggers);
  const { openaiImagesPerMinute: limit, now } = context;
  const gate = limit === undefined ? undefined : new ImageGate(limit, now);
  const app = new Hono<OpenAiEnvironment>();
  app.onError(answerError);
  app.use(addHeaders(context.now), requireKey);
  app.get("/v1/models", (c) => c.json(listModels(context.now())));
  app.post("/v1/moderations", async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    return await answerFreeRequest(context, {
      provider: NAME,
      operation: MODERATION,
      signal: c.req.raw.signal,
      answer: () => answerModeration(body),
      faultAnswers: {
        rate_limited: answerRateLimited,
        server_error: answerServerError,
        refused: answerWrongKey,
      },
    });
  });
  for (const [path, read] of Object.entries(imageEndpoints)) {
    app.post(path, async (c) => {
      const request = await read(c.req.raw);
      const answer = (): Promise<Response> =>
        answerImageRequest(request, {
          context,
          finder,
          requestId: c.var.requestId,
          signal: c.req.raw.signal,
        });
      const key = c.req.header("authorization") ?? "";
      return await (gate?.pass(key, request.fields.n ?? 1, answer) ?? answer());
    });
  }
  app.all("*", (c) => {
    const message = `Invalid URL (${c.req.method} ${c.req.path})`;
    return new OpenAiError("unknown_url", message).toResponse();
  });
  // Wrapped, so that the variables of this provider stay its own business.
  return new Hono().route("/", app);
}

interface Surroundings {
  readonly context: SimulatorContext;
  readonly finder: TriggerFinder<Trigger>;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

async function answerImageRequest(
  request: ImageRequest,
  { context, finder, requestId, signal }: Surroundings,
): Promise<Response> {
  const acceptedAt = context.now();
  const rendering = resolveRendering(request, acceptedAt);
  const call: ImageCall = { request, rendering, acceptedAt };
  return await answerBillableCall(context, {
    purchase: {
      provider: NAME,
      operation: request.operation,
      model: rendering.model,
      request: request.record,
      request_id: requestId,
    },
    signal,
    outcome: () => decideOutcome(call, finder, context.latencyMs),
    faultAnswers: {
      rate_limited: answerRateLimited,
      server_error: answerServerError,
      refused: () => answerModerationBlocked("input"),
      empty_file: () => answerEmptyFiles(call),
    },
  });
}

function decideOutcome(
  call: ImageCall,
  finder: TriggerFinder<Trigger>,
  usualLatencyMs: number,
): CallOutcome {
  const trigger = finder.take(call.request.operation, call.request.fields.prompt);
  if (trigger === undefined) {
    return { billed: true, latencyMs: usualLatencyMs, answer: () => answerImages(call) };
  }
  const { billed, latencyMs = 0, answer } = trigger;
  return { billed, latencyMs, answer: () => answer(call) };
}

function answerError(error: Error): Response {
  if (error instanceof OpenAiError) return error.toResponse();
  // A fault of the simulator: say so, or it would be taken for a simulated one.
  return Response.json(
    {
      error: {
        message: error.stack ?? error.message,
        type: "simulator_bug",
        param: null,
        code: null,
      },
    },
    { status: 500 },
  );
}
