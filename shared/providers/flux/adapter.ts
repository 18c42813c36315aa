import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Adapter, PollContext, Progress, ProviderSettings, Submit } from "../adapter.ts";
import { ProviderError } from "../provider_error.ts";
import { type Api, createApi } from "../transport/api.ts";
import { classifyError, isOwnError, jobFailure } from "./failure.ts";
import { imageToImage } from "./image_to_image.ts";
import { flux } from "./mod.ts";
import { requestBody } from "./request_body.ts";

const POLL_TIMEOUT_SECONDS = 20;

/** Images take 4 to 15 seconds; a job this old never ends. */
const STUCK_SECONDS = 180;

const USD_PER_CREDIT = 0.01;

const credits = z.number().nullish().catch(undefined);
const submitBody = z.object({ id: z.string(), polling_url: z.url(), cost: credits });
const pollBody = z.object({
  status: z.string(),
  result: z.looseObject({ sample: z.string().optional() }).nullish(),
  progress: z.number().nullish().catch(undefined),
  details: z.unknown().optional(),
  cost: credits,
});

/** The service has clusters: a job is known only where its own URL points. */
const handleSchema = z.object({ id: z.string(), pollingUrl: z.string() });

export function createFluxAdapter(
  { apiKey, baseUrl, model = flux.model.default }: ProviderSettings,
): Adapter {
  const api = createApi({
    provider: flux,
    baseUrl,
    credentials: { "x-key": apiKey },
    requestIdHeader: "x-request-id",
    classify: classifyError,
    isOwnError,
  });
  return {
    submit: { "image-to-image": submitEdit(api, model) },
    poll: (handle, context) => poll(api, handle, context),
  };
}

function submitEdit(api: Api, model: string): Submit {
  return async (parameters, { signal, markSent, readAsset }) => {
    const { image, fields } = imageToImage.requestOf(parameters);
    const { content } = await readAsset(image, "image");
    const bytes = await content.arrayBuffer();
    const { body } = await api.json({
      path: `/${model}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(requestBody(model, fields, Buffer.from(bytes).toString("base64"))),
      billable: markSent,
      timeoutSeconds: imageToImage.maxCallSeconds,
      signal,
    }, submitBody);
    const { id, polling_url: pollingUrl, cost } = body;
    return {
      state: "running",
      handle: JSON.stringify({ id, pollingUrl }),
      pollAfterSeconds: 1,
      call: { model, providerTaskId: id, costUsd: usd(cost) },
    };
  };
}

async function poll(
  api: Api,
  handle: string,
  { signal, ageSeconds }: PollContext,
): Promise<Progress> {
  const { id, pollingUrl } = handleSchema.parse(JSON.parse(handle));
  const { body } = await api.json({
    path: withId(pollingUrl, id),
    method: "GET",
    billable: false,
    timeoutSeconds: POLL_TIMEOUT_SECONDS,
    signal,
  }, pollBody);
  const { status, result, details, progress, cost } = body;
  const failure = jobFailure(status, details);
  if (failure) throw failure;
  const call = { costUsd: usd(cost) };
  if (status === "Ready") {
    if (!result?.sample) throw new ProviderError("invalid_result", "Ready without an image");
    return { state: "succeeded", outputs: [api.output(result.sample, signal)], call };
  }
  if (ageSeconds > STUCK_SECONDS) {
    throw new ProviderError("timeout", `${status} for too long`, { final: true });
  }
  const pollAfterSeconds = ageSeconds < 5 ? 1 : 3;
  return { state: "running", handle, pollAfterSeconds, progress: percentage(progress), call };
}

function withId(pollingUrl: string, id: string): string {
  const url = new URL(pollingUrl);
  if (!url.searchParams.has("id")) url.searchParams.set("id", id);
  return url.href;
}

/** A fraction, by the reference; a percentage, as seen in the field. */
function percentage(progress: number | null | undefined): number | undefined {
  if (typeof progress !== "number") return undefined;
  return progress > 1 ? progress : progress * 100;
}

function usd(cost: number | null | undefined): number | undefined {
  return typeof cost === "number" ? cost * USD_PER_CREDIT : undefined;
}
