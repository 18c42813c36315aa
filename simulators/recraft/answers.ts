/**
 * The answers with status 200, whether or not there are pictures in them.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { drawImage, type Shown } from "../images.ts";
import type { ResultFile } from "../result_files.ts";
import type { ImageFields } from "./fields.ts";
import type { Rendering } from "./rendering.ts";
import { drawSvg } from "./svg.ts";

/** A valid call, ready to be answered. */
export interface RecraftCall {
  readonly fields: Pick<
    Partial<ImageFields>,
    "prompt" | "response_format" | "block_nsfw" | "calculate_features"
  >;
  readonly rendering: Rendering;
  /** What the pictures depend on. */
  readonly seed: string;
  readonly shown: Required<Shown>;
  readonly acceptedAt: Date;
  /** Whether the answer has a list of pictures, or the one. */
  readonly isList: boolean;
  /** Makes an address under which a file can be fetched, for so many milliseconds. */
  readonly addLink: (file: ResultFile, lifeMs: number) => string;
}

/** How an answer differs from a good one. */
export interface Delivery {
  /** The first picture has no address and no bytes. */
  readonly oneMissing?: true;
  /** There are no pictures. */
  readonly nothing?: true;
  /** The files have no bytes. */
  readonly emptyFiles?: true;
  /** The links are dead from the beginning. */
  readonly deadLinks?: true;
  /** The first picture is judged unsafe. */
  readonly unsafe?: true;
  /** The pictures are drawings with scripts, or such drawings that end in the middle. */
  readonly scripted?: "whole" | "cut off";
}

const DAY_MS = 24 * 60 * 60 * 1000;

const mediaTypes = { png: "image/png", webp: "image/webp", svg: "image/svg+xml" } as const;

/** Answers with as many pictures as were asked for, or as the delivery says. */
export async function answerImages(call: RecraftCall, delivery: Delivery = {}): Promise<Response> {
  const { rendering: { count, units }, fields, acceptedAt, isList } = call;
  const data: Record<string, unknown>[] = [];
  for (let index = 0; index < count && delivery.nothing !== true; index++) {
    const isUnsafe = delivery.unsafe === true && index === 0;
    if (isUnsafe && fields.block_nsfw === true) continue;
    data.push({
      image_id: crypto.randomUUID(),
      ...(delivery.oneMissing && index === 0 ? {} : await deliver(call, index, delivery)),
      ...(fields.calculate_features && { features: { nsfw_score: isUnsafe ? 0.97 : 0.01 } }),
    });
  }
  const created = Math.floor(acceptedAt.getTime() / 1000);
  const [image] = data;
  return Response.json({ created, credits: units, ...(isList ? { data } : { image }) });
}

async function deliver(
  call: RecraftCall,
  index: number,
  { emptyFiles, deadLinks, scripted }: Delivery,
): Promise<{ url: string } | { b64_json: string }> {
  const make = async (): Promise<Uint8Array<ArrayBuffer>> =>
    emptyFiles === true
      ? new Uint8Array()
      : scripted !== undefined
      ? drawScripted(call, index, scripted)
      : await drawPicture(call, index);
  if (call.fields.response_format === "b64_json") {
    return { b64_json: Buffer.from(await make()).toString("base64") };
  }
  const mediaType = mediaTypes[call.rendering.format];
  return { url: call.addLink({ mediaType, body: make }, deadLinks === true ? 0 : DAY_MS) };
}

function drawScripted(
  { rendering: { size }, seed, shown: { caption } }: RecraftCall,
  index: number,
  scripted: "whole" | "cut off",
): Uint8Array<ArrayBuffer> {
  const active =
    '<script>alert(1)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/>' +
    '</foreignObject><image href="https://elsewhere.example/x.png"/></svg>';
  const drawing = drawSvg(size, { seed, index, caption }).trimEnd()
    .replace("<svg ", '<svg onload="alert(1)" ')
    .replace("</svg>", active);
  return new TextEncoder().encode(scripted === "whole" ? drawing : drawing.slice(0, -10));
}

async function drawPicture(
  { rendering: { size, format, transparent }, seed, shown }: RecraftCall,
  index: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "svg") {
    return new TextEncoder().encode(drawSvg(size, { seed, index, caption: shown.caption }));
  }
  return await drawImage({ ...size, ...shown, seed, index, format, transparent });
}
