/**
 * The answers with status 200, whether or not there is a result in them.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { drawImage, type Shown } from "../images.ts";
import { buildModel } from "../models.ts";
import type { ImageResult } from "./endpoints.ts";
import type { StabilityRequest } from "./request.ts";
import { type Size, sizeOfRatio } from "./sizes.ts";

/** A valid call, ready to be answered. */
export interface StabilityCall {
  readonly request: StabilityRequest;
  /** The one that was asked for, or a random one. */
  readonly seed: number;
}

type FinishReason = "SUCCESS" | "CONTENT_FILTERED";

/** Answers with the result: the same for equal fields, inputs and seed. */
export async function answerResult(call: StabilityCall): Promise<Response> {
  return answerWith(call, await makeResult(call, false));
}

/** Answers as for a success, except for the finish reason and a blurred picture. */
export async function answerFiltered(call: StabilityCall): Promise<Response> {
  return answerWith(call, await makeResult(call, true), "CONTENT_FILTERED");
}

/** Answers as for a success, with no bytes. */
export function answerEmpty(call: StabilityCall): Response {
  return answerWith(call, new Uint8Array());
}

/** Answers as for a success, with bytes that are not what their type says. */
export function answerGarbled(call: StabilityCall): Response {
  return answerWith(call, new TextEncoder().encode("<!doctype html><title>Not a file</title>"));
}

/** The same in JSON that ends too early, or in bytes if those were asked for. */
export function answerUnreadable(call: StabilityCall): Response {
  if (!call.request.wantsJson) return answerGarbled(call);
  return new Response('{"image":"iVBOR', { headers: { "content-type": mediaTypeOf(call) } });
}

async function makeResult(
  { request: { endpoint, fields, image }, seed }: StabilityCall,
  blurred: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = JSON.stringify({ ...fields, seed, image: image?.description.sha256 });
  const { result, operation } = endpoint;
  const shown: Shown = {
    caption: { prompt: fields.prompt, operation, provider: "stability" },
    inputs: image && [image.miniature],
  };
  if (result === "model") return await buildModel({ ...shown, seed: text });
  return await drawImage({
    ...shown,
    ...sizeOf(result, fields.aspect_ratio ?? "1:1", image),
    seed: text,
    index: 0,
    format: fields.output_format ?? "png",
    transparent: result.transparent ?? false,
    blurred,
  });
}

function sizeOf(
  { size }: ImageResult,
  ratio: Parameters<typeof sizeOfRatio>[0],
  image: Size | undefined,
): Size {
  if (size !== "input") return sizeOfRatio(ratio, size.megapixels);
  if (image === undefined) throw new Error("A result of the input's size needs an input");
  return { width: image.width, height: image.height };
}

function mediaTypeOf({ request: { endpoint, fields, wantsJson } }: StabilityCall): string {
  if (endpoint.result === "model") return "model/gltf-binary";
  const mediaType = `image/${fields.output_format ?? "png"}`;
  return wantsJson ? `application/json; type=${mediaType}` : mediaType;
}

function answerWith(
  call: StabilityCall,
  bytes: Uint8Array<ArrayBuffer>,
  finishReason: FinishReason = "SUCCESS",
): Response {
  const { request: { endpoint, wantsJson }, seed } = call;
  const headers = new Headers({ "content-type": mediaTypeOf(call) });
  if (wantsJson) {
    const image = Buffer.from(bytes).toString("base64");
    return Response.json({ image, finish_reason: finishReason, seed }, { headers });
  }
  // A filtered model is not documented; it looks like any other.
  if (endpoint.result !== "model") {
    headers.set("finish-reason", finishReason);
    headers.set("seed", String(seed));
  }
  return new Response(bytes, { headers });
}
