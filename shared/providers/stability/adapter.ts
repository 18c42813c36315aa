import type { z } from "zod";
import { operations } from "../../contract/operations.ts";
import { blobSource } from "../../inputs/byte_source.ts";
import { look } from "../../inputs/look.ts";
import { seenSize } from "../../inputs/seen_size.ts";
import {
  type Adapter,
  type Asset,
  bytesOutput,
  type CallContext,
  type ProviderSettings,
  type Succeeded,
} from "../adapter.ts";
import { ProviderError } from "../provider_error.ts";
import type { AnyProviderOperation, ProviderOperation } from "../provider_operation.ts";
import { type Api, createApi } from "../transport/api.ts";
import { formOf } from "../transport/multipart.ts";
import { classifyError, isOwnError } from "./failure.ts";
import { imageToImage } from "./image_to_image.ts";
import { imageToModel } from "./image_to_model.ts";
import { stability } from "./mod.ts";
import { aspectRatios } from "./options.ts";
import { type Endpoint, endpoints } from "./prices.ts";
import { removeBackground } from "./remove_background.ts";
import { searchAndRecolor } from "./search_and_recolor.ts";
import { sketchToImage } from "./sketch_to_image.ts";
import { textToImage } from "./text_to_image.ts";

/** What a file call sends: one image, and text. */
interface FileRequest {
  readonly image: string;
  readonly fields: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Of a result, for an answer that does not tell its length: a PNG of two megapixels, a model of
 * SPAR3D with its textures.
 */
const ASSUMED_BYTES = { image: 4_000_000, model: 8_000_000 };

export function createStabilityAdapter({ apiKey, baseUrl }: ProviderSettings): Adapter {
  const api = createApi({
    provider: stability,
    baseUrl,
    credentials: { authorization: `Bearer ${apiKey}` },
    requestIdHeader: "x-request-id",
    classify: classifyError,
    isOwnError,
  });
  const makeModel = fileCall(api, endpoints.spar3d, imageToModel);
  return {
    submit: {
      "text-to-image": (parameters, context) =>
        call(api, endpoints.core, textToImage, formOf(textToImage.requestOf(parameters)), context),
      // Without a ratio the result is a square, whatever the input is.
      "image-to-image": fileCall(api, endpoints.style, imageToImage, async (image) => ({
        aspect_ratio: await nearestRatio(image),
      })),
      "sketch-to-image": fileCall(api, endpoints.sketch, sketchToImage),
      "remove-background": fileCall(api, endpoints.removeBackground, removeBackground),
      "search-and-recolor": fileCall(api, endpoints.recolor, searchAndRecolor),
      "image-to-model": async (parameters, context) => ({
        ...await makeModel(parameters, context),
        preview: { kind: "input", url: imageToModel.requestOf(parameters).image },
      }),
    },
  };
}

/** A call with an image. @param derive Fields that follow from the image itself. */
function fileCall<Schema extends z.ZodObject>(
  api: Api,
  endpoint: Endpoint,
  operation: ProviderOperation<Schema, FileRequest>,
  derive: (image: Asset) => Promise<FileRequest["fields"]> = () => Promise.resolve({}),
): (parameters: unknown, context: CallContext) => Promise<Succeeded> {
  return async (parameters, context) => {
    const { image: url, fields } = operation.requestOf(parameters);
    const image = await context.readAsset(url, "image");
    const derived = await derive(image);
    const body = formOf({ ...fields, ...derived }, { image });
    return await call(api, endpoint, operation, body, context);
  };
}

async function call(
  api: Api,
  { path, usd: costUsd }: Endpoint,
  { operation, maxCallSeconds }: AnyProviderOperation,
  body: FormData,
  { signal, markSent, endUser, reserveMemory }: CallContext,
): Promise<Succeeded> {
  const { output } = operations[operation];
  const { body: bytes, headers, requestId } = await api.bytes({
    path: `/v2beta/${path}`,
    headers: {
      accept: output === "image" ? "image/*" : "*/*",
      "stability-client-user-id": endUser,
    },
    body,
    billable: markSent,
    timeoutSeconds: maxCallSeconds,
    signal,
    reserveMemory,
    assumedBytes: ASSUMED_BYTES[output],
  });
  // With status 200 and a blurred image, which is no result.
  if (headers.get("finish-reason") === "CONTENT_FILTERED") {
    throw new ProviderError("content_refused", "Output filtered", {
      providerRequestId: requestId,
      // The picture was made; the price list has no exception for it.
      billedUsd: costUsd,
    });
  }
  return {
    state: "succeeded",
    outputs: [bytesOutput(bytes)],
    making: { seed: seedIn(headers) },
    call: { model: path, providerRequestId: requestId, costUsd },
  };
}

/** The one that was asked for, or that the service has drawn. */
function seedIn(headers: Headers): number | undefined {
  const told = headers.get("seed") ?? "";
  return /^\d{1,10}$/.test(told) ? Number(told) : undefined;
}

/** The ratio the service knows that is nearest to the image's own, as people see it. */
async function nearestRatio({ content }: Asset): Promise<string | undefined> {
  const found = await look(blobSource(content));
  if (found.found !== "image") return undefined;
  const size = seenSize(found);
  const distance = (ratio: string): number => {
    const [width = 1, height = 1] = ratio.split(":").map(Number);
    return Math.abs(Math.log((size.width * height) / (size.height * width)));
  };
  return aspectRatios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
