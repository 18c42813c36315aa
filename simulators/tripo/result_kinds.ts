/**
 * The files that tasks leave.
 *
 * @module
 */
import { drawImage } from "../images.ts";
import { buildModel, padModel } from "../models.ts";
import type { ResultFile } from "../result_files.ts";
import type { Success } from "./endings.ts";
import type { TaskOrder } from "./tasks.ts";

const MODEL_TYPE = "model/gltf-binary";
/** In bytes. */
const LARGE_MODEL_SIZE = 150_000_000;
const LARGE_PICTURE_SIZE = 20_000_000;
/** How an FBX begins, which is what comes in the place of a GLB. */
const OTHER_FORMAT = "Kaydara FBX Binary  \0\x1a\0";
const PREVIEW_SIDE = 256;

/** The model a task has made; undefined when it says nothing of one. */
export function modelFile(order: TaskOrder, kind: Success["file"]): ResultFile | undefined {
  switch (kind) {
    case "model":
      return { mediaType: MODEL_TYPE, body: () => buildModel(order) };
    case "large_model":
      return {
        mediaType: MODEL_TYPE,
        size: LARGE_MODEL_SIZE,
        body: async () => padModel(await buildModel(order), LARGE_MODEL_SIZE),
      };
    case "other_format":
      return { mediaType: MODEL_TYPE, body: () => OTHER_FORMAT };
    case "no_bytes":
      return { mediaType: MODEL_TYPE, size: 0, body: () => "" };
    case "none":
      return undefined;
  }
}

/** The picture of a model. */
export function previewFile(
  { seed, caption, inputs }: TaskOrder,
  kind: Exclude<Success["picture"], "none">,
): ResultFile {
  const mediaType = "image/webp";
  if (kind === "no_bytes") return { mediaType, size: 0, body: () => "" };
  if (kind === "large") return { mediaType, body: () => new Uint8Array(LARGE_PICTURE_SIZE) };
  if (kind === "stuck") return { mediaType, body: () => new Promise(() => {}) };
  return {
    mediaType,
    body: () =>
      drawImage({
        width: PREVIEW_SIDE,
        height: PREVIEW_SIDE,
        seed,
        caption,
        inputs,
        index: 0,
        format: "webp",
      }),
  };
}
