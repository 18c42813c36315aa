import { Buffer } from "node:buffer";
import OpenAI, { type APIPromise } from "openai";
import { z } from "zod";
import type { Bytes } from "../../bytes.ts";
import {
  type Adapter,
  bytesOutput,
  type ProviderSettings,
  type Submit,
  type Succeeded,
} from "../adapter.ts";
import { ProviderError } from "../provider_error.ts";
import { fileOf } from "../transport/multipart.ts";
import { send } from "../transport/send.ts";
import { readFailure } from "./failure.ts";
import { imageToImage } from "./image_to_image.ts";
import { MAX_CALL_SECONDS } from "./image_parameters.ts";
import { openai } from "./mod.ts";
import { textToImage } from "./text_to_image.ts";

/** USD a token (https://developers.openai.com/api/docs/pricing, the 2 to 2.6 image models). */
const PRICE = { textInput: 5e-6, imageInput: 8e-6, output: 30e-6 };

/** Only what is used is read, and `usage` is a help, not a condition. */
const imagesResponse = z.object({
  data: z.array(z.object({ b64_json: z.string().min(1) })).min(1),
  usage: z
    .object({
      input_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
      output_tokens: z.number(),
    })
    .optional()
    .catch(undefined),
});

export function createOpenaiAdapter(
  { apiKey, baseUrl, model = openai.model.default }: ProviderSettings,
): Adapter {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // The queue retries.
    maxRetries: 0,
    timeout: MAX_CALL_SECONDS * 1_000,
    fetch: async (url, options) => {
      const response = await send(url, options);
      // The client takes a response that cannot be read for an empty one.
      if (response.ok || !response.body) return response;
      return new Response(await response.text(), response);
    },
  });

  const common = { model, output_format: "png" } as const;

  const generateImages: Submit = async (parameters, { signal, markSent, endUser }) => {
    const request = textToImage.requestOf(parameters);
    const body = { ...request, ...common, safety_identifier: endUser };
    await markSent();
    return await read(client.images.generate(body, { signal }), signal);
  };

  const editImage: Submit = async (parameters, { signal, markSent, endUser, readAsset }) => {
    const { image: url, fields } = imageToImage.requestOf(parameters);
    const image = fileOf(await readAsset(url, "image"), "image");
    const body = { ...fields, ...common, image, safety_identifier: endUser };
    await markSent();
    return await read(client.images.edit(body, { signal }), signal);
  };

  async function read(
    call: APIPromise<OpenAI.ImagesResponse>,
    signal: AbortSignal,
  ): Promise<Succeeded> {
    const { data, request_id } = await call.withResponse().catch((error) => {
      throw readFailure(error, signal);
    });
    return readImages(data, model, request_id ?? undefined);
  }

  return { submit: { "text-to-image": generateImages, "image-to-image": editImage } };
}

function readImages(
  body: unknown,
  model: string,
  providerRequestId: string | undefined,
): Succeeded {
  const { data: answer, error } = imagesResponse.safeParse(body);
  if (!answer) {
    throw new ProviderError("invalid_result", "Answer without images", {
      cause: error,
      ambiguous: true,
      providerRequestId,
    });
  }
  const { data, usage } = answer;
  return {
    state: "succeeded",
    outputs: data.map(({ b64_json }) => bytesOutput(decodeBase64(b64_json))),
    call: {
      model,
      providerRequestId,
      costUsd: usage &&
        usage.input_tokens_details.text_tokens * PRICE.textInput +
          usage.input_tokens_details.image_tokens * PRICE.imageInput +
          usage.output_tokens * PRICE.output,
    },
  };
}

/** A view of the decoded bytes, not a copy: results are large and an isolate's memory is not. */
function decodeBase64(text: string): Bytes {
  const { buffer, byteOffset, length } = Buffer.from(text, "base64");
  return new Uint8Array(buffer, byteOffset, length);
}
