import type { SupabaseClient } from "@supabase/supabase-js";
import { basename, extname, join } from "node:path";
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
  supabase: SupabaseClient,
  userId: string,
  { operation, body, file }: Order,
): Promise<Record<string, unknown>> {
  const fields = operations[operation].assets;
  if (file !== undefined && fields.length === 0) {
    throw new Error(`${operation} takes no file: it is made from the prompt`);
  }
  const entries = fields.map(async (field, index) => {
    const path = index === 0 && file !== undefined ? file : sampleOf(field);
    const address = await upload(supabase, userId, path);
    return [field, Array.isArray(body[field]) ? [address] : address];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function sampleOf(field: string): string {
  if (field.includes("model")) return join(SAMPLES, "model.glb");
  return join(SAMPLES, field.includes("mask") ? "mask.png" : "photo.png");
}

async function upload(supabase: SupabaseClient, userId: string, path: string): Promise<string> {
  const contentType = MEDIA_TYPES[extname(path).toLowerCase()];
  if (!contentType) {
    throw new Error(`${path} must be one of ${Object.keys(MEDIA_TYPES).join(", ")}`);
  }
  const bytes = await Deno.readFile(path);
  if (bytes.length === 0) throw new Error(`${path} is empty`);
  const inputs = supabase.storage.from("inputs");
  const name = `${userId}/${crypto.randomUUID()}${extname(path)}`;
  const { error } = await inputs.upload(name, bytes, { contentType });
  if (error) throw new Error(`Cannot upload ${path}: ${error.message}`);
  print(`Uploaded ${basename(path)}`);
  return inputs.getPublicUrl(name).data.publicUrl;
}
