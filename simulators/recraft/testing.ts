/**
 * What the tests of the simulated Recraft share.
 *
 * @module
 */
import type { Hono } from "hono";
import { Buffer } from "node:buffer";
import { z } from "zod";
import { Jimp } from "../jimp.ts";
import { formRequest, jsonRequest, pictureFile } from "../testing.ts";

export const GENERATIONS = "/recraft/v1/images/generations";
export const IMAGE_TO_IMAGE = "/recraft/v1/images/imageToImage";
export const INPAINT = "/recraft/v1/images/inpaint";
export const REMOVE_BACKGROUND = "/recraft/v1/images/removeBackground";
export const ME = "/recraft/v1/users/me";

export const generation = { prompt: "a clay robot", model: "recraftv3" };

/** A picture of 256x256 that is not the same as any other of another seed. */
export const picture = await pictureFile({ width: 256, height: 256 });

/** White where `isWhite` says so, else black; or whatever colour it gives. */
export async function maskFile(
  colourAt: (x: number, y: number) => number = (x) => x < 100 ? 0x000000ff : 0xffffffff,
  { width = 256, height = 256, type = "image/png" }: {
    readonly width?: number;
    readonly height?: number;
    readonly type?: string;
  } = {},
): Promise<File> {
  const data = new Uint8Array(width * height * 4);
  const view = new DataView(data.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) view.setUint32(4 * (y * width + x), colourAt(x, y));
  }
  const bytes = await Jimp.fromBitmap({ width, height, data }).getBuffer("image/png");
  return new File([new Uint8Array(bytes)], "mask.png", { type });
}

/** A file as an address. */
export async function dataUrl(file: File, type = file.type): Promise<string> {
  return `data:${type};base64,${Buffer.from(await file.bytes()).toString("base64")}`;
}

/** A generation in JSON, valid but for the changes. */
export function generationRequest(changes: Readonly<Record<string, unknown>> = {}): RequestInit {
  return jsonRequest({ ...generation, ...changes });
}

/** A form request; a part that is undefined is left out. */
export function partsRequest(
  parts: Readonly<Record<string, string | File | undefined>>,
): RequestInit {
  const present: [string, string | File][] = [];
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined) present.push([name, value]);
  }
  return formRequest(present);
}

const imageSchema = z.strictObject({
  image_id: z.uuid(),
  url: z.url().optional(),
  b64_json: z.base64().optional(),
  features: z.strictObject({ nsfw_score: z.number() }).optional(),
});
const listBodySchema = z.strictObject({
  created: z.int(),
  credits: z.int(),
  data: z.array(imageSchema),
});
const imageBodySchema = z.strictObject({
  created: z.int(),
  credits: z.int(),
  image: imageSchema.optional(),
});

/** Reads a successful answer with a list of pictures. */
export async function readList(response: Response): Promise<z.infer<typeof listBodySchema>> {
  return listBodySchema.parse(await response.json());
}

/** Reads a successful answer with one picture. */
export async function readOne(response: Response): Promise<z.infer<typeof imageBodySchema>> {
  return imageBodySchema.parse(await response.json());
}

const errorSchema = z.strictObject({ code: z.string(), message: z.string().min(1) });

/** What a refusal says: status, code, and the field that its message names. */
export async function readRefusal(
  response: Response,
): Promise<readonly [status: number, code: string, field?: string]> {
  const { code, message } = errorSchema.parse(await response.json());
  const field = /^(\w+): /.exec(message)?.[1];
  return field === undefined ? [response.status, code] : [response.status, code, field];
}

/** Fetches a link of an answer, without a token. */
export async function download(app: Hono, url: string | undefined): Promise<Response> {
  return await app.request(url ?? "/nothing");
}
