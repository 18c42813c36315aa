import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Adapter, PollContext, Progress, ProviderSettings, Submit } from "../adapter.ts";
import { MAX_NAME_LENGTH } from "../bounds.ts";
import { ProviderError } from "../provider_error.ts";
import { type Api, createApi } from "../transport/api.ts";
import { classifyError, isOwnError, jobFailure } from "./failure.ts";
import { imageToImage } from "./image_to_image.ts";
import { flux } from "./mod.ts";
import { USD_PER_CREDIT } from "./prices.ts";
import { requestBody } from "./request_body.ts";

const POLL_TIMEOUT_SECONDS = 20;

/** Statuses of a job that is under way. */
const RUNNING = ["Pending", "Reasoning", "Generating"];

const credits = z.number().nonnegative().optional().catch(undefined);
const text = z.string().min(1).optional().catch(undefined);
const name = z.string().min(1).max(MAX_NAME_LENGTH).optional().catch(undefined);

/** Either of the two is enough to ask by. */
const submitBody = z
  .object({ id: name, polling_url: z.url().optional().catch(undefined), cost: credits })
  .transform(({ polling_url: pollingUrl, id = idIn(pollingUrl), cost }) => ({
    id,
    pollingUrl,
    cost,
  }))
  .refine(({ id, pollingUrl }) => id !== undefined || pollingUrl !== undefined);
const pollBody = z.object({
  status: text,
  // Its other name, in some answers.
  state: text,
  result: z.object({
    sample: z.url().optional().catch(undefined),
    seed: z.int().optional().catch(undefined),
  }).optional().catch(undefined),
  progress: z.number().optional().catch(undefined),
  details: z.unknown().optional(),
  cost: credits,
});

/** The service has clusters: a job is known only where its own URL points. */
const handleSchema = z.object({ id: text, pollingUrl: z.string() });

export function createFluxAdapter(
  { apiKey, baseUrl, model = flux.model.default, resultHosts }: ProviderSettings,
): Adapter {
  const api = createApi({
    provider: flux,
    baseUrl,
    resultHosts,
    credentials: { "x-key": apiKey },
    requestIdHeader: "x-request-id",
    classify: classifyError,
    isOwnError,
  });
  return {
    submit: { "image-to-image": submitEdit(api, baseUrl, model) },
    poll: (handle, context) => poll(api, handle, context),
  };
}

function submitEdit(api: Api, baseUrl: string, model: string): Submit {
  return async (parameters, { signal, markSent, readAsset }) => {
    const { image, fields } = imageToImage.requestOf(parameters);
    const { content } = await readAsset(image, "image");
    const bytes = await content.arrayBuffer();
    const { body } = await api.json({
      path: `/${model}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(requestBody(model, fields, Buffer.from(bytes).toString("base64"))),
      billable: markSent,
      clientWords: fields.prompt,
      timeoutSeconds: imageToImage.maxCallSeconds,
      signal,
    }, submitBody);
    const { id, cost } = body;
    const pollingUrl = body.pollingUrl ?? `${baseUrl}/get_result`;
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
  const { state, status = state ?? "no status", result, details, progress, cost } = body;
  const failure = jobFailure(status, details);
  if (failure) throw failure;
  const call = { costUsd: usd(cost) };
  if (status === "Ready" && result?.sample !== undefined) {
    const outputs = [api.output(result.sample, signal)];
    return { state: "succeeded", outputs, making: { seed: result.seed }, call };
  }
  if (!RUNNING.includes(status)) {
    // What is paid may come yet, under a status that we do not know or with an address that is late.
    throw new ProviderError("provider_unavailable", `Job is ${status} and has no image`);
  }
  const pollAfterSeconds = ageSeconds < 5 ? 1 : ageSeconds < 180 ? 3 : 10;
  return { state: "running", handle, pollAfterSeconds, progress: percentage(progress), call };
}

function idIn(pollingUrl: string | undefined): string | undefined {
  return pollingUrl === undefined
    ? undefined
    : new URL(pollingUrl).searchParams.get("id") ?? undefined;
}

function withId(pollingUrl: string, id: string | undefined): string {
  const url = new URL(pollingUrl);
  if (id !== undefined && !url.searchParams.has("id")) url.searchParams.set("id", id);
  return url.href;
}

/** A fraction, by the reference; a percentage, as seen in the field. */
function percentage(progress: number | undefined): number | undefined {
  if (progress === undefined) return undefined;
  return progress > 1 ? progress : progress * 100;
}

function usd(cost: number | undefined): number | undefined {
  return cost === undefined ? undefined : cost * USD_PER_CREDIT;
}
