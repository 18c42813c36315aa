import { basename, extname, join } from "node:path";
import type { MakeIt3D } from "../../../client/mod.ts";
import { operations } from "../../../shared/contract/operations.ts";
import { print } from "../../command_line.ts";
import { repository } from "../stack/folders.ts";
import type { Order } from "./order.ts";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".glb": "model/gltf-binary",
};

/** Files to try with, where a person has none. */
const SAMPLES = join(repository, "docs/samples");

/** Uploads the files that an operation needs, as an app does. Returns the fields that name them. */
export async function uploadFiles(
  makeit3d: MakeIt3D,
  { operation, body, file }: Order,
): Promise<Record<string, unknown>> {
  const fields = operations[operation].assets;
  if (file !== undefined && fields.length === 0) {
    throw new Error(`${operation} takes no file: it is made from the prompt`);
  }
  const entries = fields.map(async (field, index) => {
    const path = index === 0 && file !== undefined ? file : sampleOf(field);
    const address = await upload(makeit3d, path);
    return [field, Array.isArray(body[field]) ? [address] : address];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function sampleOf(field: string): string {
  if (field.includes("model")) return join(SAMPLES, "model.glb");
  return join(SAMPLES, field.includes("mask") ? "mask.png" : "photo.png");
}

async function upload(makeit3d: MakeIt3D, path: string): Promise<string> {
  const type = MEDIA_TYPES[extname(path).toLowerCase()];
  if (!type) {
    throw new Error(`${path} must be one of ${Object.keys(MEDIA_TYPES).join(", ")}`);
  }
  const { url } = await makeit3d.upload(new Blob([await Deno.readFile(path)], { type }));
  print(`Uploaded ${basename(path)}`);
  return url;
}
