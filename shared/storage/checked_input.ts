import { z } from "zod";
import type { StorageObject } from "./asset_url.ts";
import type { FileVersion } from "./file_version.ts";

/**
 * An input file as it was when its request was checked; `public.tasks.inputs` keeps them. A worker
 * reads these files and no others, and each only as it was.
 */
export interface CheckedInput extends StorageObject, FileVersion {
  /** A small PNG in base64 that is sent in its place: a mask in pure black and white. */
  readonly mended?: string | undefined;
}

/** JSON has no undefined. */
const optionalText = z.string().nullish().transform((text) => text ?? undefined);

/** Null for a task that was accepted before this was kept. */
export const checkedInputs = z.array(z.object({
  bucket: z.string(),
  path: z.string(),
  bytes: z.number(),
  etag: optionalText,
  version: optionalText,
  mended: optionalText,
})).nullable();
