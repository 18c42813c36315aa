/**
 * The successful answers of the image endpoints.
 *
 * Source: `ImagesResponse` in https://github.com/openai/openai-node
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { drawImage } from "../images.ts";
import type { ImageRequest } from "./image_request.ts";
import type { Rendering } from "./rendering.ts";
import { formatSize } from "./sizes.ts";
import { estimateUsage } from "./usage.ts";

/** A valid call, ready to be answered. */
export interface ImageCall {
  readonly request: ImageRequest;
  readonly rendering: Rendering;
  readonly acceptedAt: Date;
}

/** Answers with as many pictures as were asked for. */
export async function answerImages(call: ImageCall): Promise<Response> {
  const {
    request: { operation, fields, images },
    rendering,
  } = call;
  const seed = [fields.prompt, ...images.map(({ description }) => description.sha256)].join("\n");
  const data: { b64_json: string }[] = [];
  for (let index = 0; index < rendering.count; index++) {
    const file = await drawImage({
      ...rendering.size,
      seed,
      caption: { prompt: fields.prompt, operation, provider: "openai" },
      inputs: images.map(({ miniature }) => miniature),
      index,
      format: rendering.format,
      transparent: rendering.background === "transparent",
      quality: rendering.compression,
    });
    data.push({ b64_json: Buffer.from(file).toString("base64") });
  }
  return answerWith(call, data);
}

/** Answers as for a success, with pictures of no bytes. */
export function answerEmptyFiles(call: ImageCall): Response {
  return answerWith(
    call,
    Array.from({ length: call.rendering.count }, () => ({ b64_json: "" })),
  );
}

/** Answers as for a success, with a first picture that has no bytes. */
export async function answerOneMissing(call: ImageCall): Promise<Response> {
  const answer = await (await answerImages(call)).json();
  return Response.json({ ...answer, data: [{}, ...answer.data.slice(1)] });
}

/** Answers as for a success, without any picture. */
export function answerNoImages(call: ImageCall): Response {
  return answerWith(call, []);
}

function answerWith(
  { request, rendering, acceptedAt }: ImageCall,
  data: readonly { readonly b64_json: string }[],
): Response {
  return Response.json({
    created: Math.floor(acceptedAt.getTime() / 1000),
    background: rendering.background,
    output_format: rendering.format,
    quality: rendering.quality,
    size: formatSize(rendering.size),
    safety_identifier: request.fields.safety_identifier ?? null,
    data,
    usage: estimateUsage(request, rendering),
  });
}
