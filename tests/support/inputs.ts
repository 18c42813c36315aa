import { Buffer } from "node:buffer";
import { drawImage, type ImageFormat } from "../../simulators/images.ts";
import { Jimp } from "../../simulators/jimp.ts";
import { buildModel } from "../../simulators/models.ts";
import type { User } from "./client.ts";
import { stack } from "./stack.ts";

/** Puts a file into the user's folder as an app does, and returns the address that Storage hands out. */
export async function upload(
  { id, supabase }: User,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<string> {
  const path = `${id}/${name}`;
  const { error } = await supabase.storage.from("inputs")
    .upload(path, bytes, { contentType, upsert: true });
  if (error) throw error;
  return `${stack.projectUrl}/storage/v1/object/authenticated/inputs/${path}`;
}

export interface Picture {
  readonly width?: number;
  readonly height?: number;
  readonly format?: ImageFormat;
}

/** Uploads a picture, 1024 pixels a side unless told otherwise. */
export async function uploadPicture(
  user: User,
  name: string,
  { width = 1024, height = 1024, format = "png" }: Picture = {},
): Promise<string> {
  const bytes = await drawImage({ width, height, seed: name, index: 0, format });
  return await upload(user, name, bytes, `image/${format}`);
}

/** A mask: the left half is to change. */
export async function drawMask(side = 1024): Promise<Uint8Array<ArrayBuffer>> {
  const data = Buffer.alloc(side * side * 4, 255);
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (pixel % side >= side / 2) data.fill(0, pixel * 4, pixel * 4 + 3);
  }
  const png = await Jimp.fromBitmap({ width: side, height: side, data }).getBuffer("image/png");
  return new Uint8Array(png);
}

export async function uploadMask(user: User, name: string, side = 1024): Promise<string> {
  return await upload(user, name, await drawMask(side), "image/png");
}

export async function uploadModel(user: User, name: string): Promise<string> {
  return await upload(user, name, await buildModel({ seed: name }), "model/gltf-binary");
}
