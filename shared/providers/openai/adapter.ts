import OpenAI, { type APIPromise } from "openai";
import { z } from "zod";
import {
  type Adapter,
  type CallContext,
  type CallRecord,
  piecesOutput,
  type ProviderSettings,
  type Submit,
  type Succeeded,
} from "../adapter.ts";
import { findWanted, modelList } from "../model_list.ts";
import { ProviderError } from "../provider_error.ts";
import { CallTimeout } from "../transport/call_timeout.ts";
import { fileOf } from "../transport/multipart.ts";
import { send } from "../transport/send.ts";
import { readFailure } from "./failure.ts";
import { imageToImage } from "./image_to_image.ts";
import { MAX_CALL_SECONDS } from "./image_parameters.ts";
import { openai } from "./mod.ts";
import { priceOfTokens } from "./prices.ts";
import { readRateLimit } from "./rate_limit.ts";
import { imageBytes, type ImagePieces, receiveImages } from "./take_images.ts";
import { textToImage } from "./text_to_image.ts";

/** Only what is used is read, and `usage` is a help, not a condition. */
const image = z.object({
  b64_json: z.string().min(1),
  revised_prompt: z.string().optional().catch(undefined),
}).optional().catch(undefined);
const tokens = z.number().nonnegative();
const imagesResponse = z.object({
  // One that is not there does not spoil the others, which are paid.
  data: z.array(image)
    .transform((found) => found.flatMap((image) => image ?? []))
    .refine((found) => found.length > 0),
  usage: z
    .object({
      input_tokens_details: z.object({ text_tokens: tokens, image_tokens: tokens }),
      output_tokens: tokens,
    })
    .optional()
    .catch(undefined),
});

/** A PNG of 1536x1024 in high quality, where an answer does not tell its length. */
const ASSUMED_IMAGE_BYTES = 4_000_000;

/** The client counts the time that an answer waits for memory; what the service takes is limited here. */
const CLIENT_TIMEOUT_MILLISECONDS = 600_000;

export function createOpenaiAdapter(
  { apiKey, baseUrl, model = openai.model.default }: ProviderSettings,
): Adapter {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // The queue retries.
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MILLISECONDS,
    fetch: sendForClient,
  });

  const common = { model, output_format: "png" } as const;

  const generateImages: Submit = async (parameters, context) => {
    const request = textToImage.requestOf(parameters);
    const body = { ...request, ...common, safety_identifier: context.endUser };
    return await ask((images) => images.generate(body, { signal: context.signal }), body, context);
  };

  const editImage: Submit = async (parameters, context) => {
    const { image: url, fields } = imageToImage.requestOf(parameters);
    const image = fileOf(await context.readAsset(url, "image"), "image");
    const body = { ...fields, ...common, image, safety_identifier: context.endUser };
    return await ask((images) => images.edit(body, { signal: context.signal }), body, context);
  };

  async function ask(
    call: (images: OpenAI.Images) => APIPromise<OpenAI.ImagesResponse>,
    { n, prompt }: { readonly n?: number | null; readonly prompt: string },
    { signal, markSent, reserveMemory }: CallContext,
  ): Promise<Succeeded> {
    await markSent();
    const late = new ProviderError("timeout", "OpenAI did not answer in time", { ambiguous: true });
    const timeout = new CallTimeout(MAX_CALL_SECONDS, late);
    const taken: ImagePieces[] = [];
    const receive = async (
      url: RequestInfo | URL,
      options: RequestInit = {},
    ): Promise<Response> => {
      // The client tries first what its fetch can do; that is no answer of the service.
      if (String(url).startsWith("data:")) return await send(url, options);
      const signals = options.signal ? [timeout.signal, options.signal] : [timeout.signal];
      const response = await sendForClient(url, { ...options, signal: AbortSignal.any(signals) });
      const bytes = imageBytes(response.headers) ?? (n ?? 1) * ASSUMED_IMAGE_BYTES;
      return receiveImages(
        response,
        taken,
        () => timeout.standStill(() => reserveMemory(bytes)),
      );
    };
    try {
      const { images } = client.withOptions({ fetch: receive });
      const { data, request_id, response } = await call(images).withResponse();
      return readImages(data, taken, {
        model,
        providerRequestId: request_id ?? undefined,
        rateLimit: readRateLimit(response.headers),
      });
    } catch (error) {
      throw readFailure(error, signal, prompt);
    } finally {
      timeout.end();
    }
  }

  return {
    submit: { "text-to-image": generateImages, "image-to-image": editImage },
    findModels: async (signal) => {
      const { data } = await client.models.list({ signal });
      return findWanted(modelList.parse({ data }), { default: model });
    },
  };
}

/** The client takes a response that cannot be read for an empty one. */
async function sendForClient(url: RequestInfo | URL, options?: RequestInit): Promise<Response> {
  const response = await send(url, options);
  if (response.ok || !response.body) return response;
  return new Response(await response.text(), response);
}

function readImages(
  body: unknown,
  taken: readonly ImagePieces[],
  known: Omit<CallRecord, "costUsd">,
): Succeeded {
  const { data: answer, error } = imagesResponse.safeParse(body);
  // In place of each image stands its number.
  const outputs = answer?.data.flatMap(({ b64_json: number }) => {
    const pieces = taken[Number(number)];
    return pieces ? [pieces] : [];
  });
  if (!answer || !outputs || outputs.length === 0) {
    throw new ProviderError("invalid_result", "Answer without images", {
      cause: error,
      ambiguous: true,
      providerRequestId: known.providerRequestId,
      rateLimit: known.rateLimit,
    });
  }
  const { usage } = answer;
  return {
    state: "succeeded",
    outputs: outputs.map(piecesOutput),
    making: {
      revisedPrompt: answer.data.find(({ revised_prompt }) => revised_prompt)?.revised_prompt,
    },
    call: {
      ...known,
      costUsd: usage && priceOfTokens({
        textInput: usage.input_tokens_details.text_tokens,
        imageInput: usage.input_tokens_details.image_tokens,
        output: usage.output_tokens,
      }),
    },
  };
}
