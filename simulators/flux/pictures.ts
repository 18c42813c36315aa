/**
 * The pictures that jobs leave.
 *
 * @module
 */
import { drawImage, type ImageFormat } from "../images.ts";
import type { ResultFile } from "../result_files.ts";
import type { PictureEnding } from "./endings.ts";
import type { PictureOrder } from "./request.ts";

/** What is behind a job's address, whatever that says of its type. */
export function pictureFile(order: PictureOrder, { file }: PictureEnding): ResultFile {
  const mediaType = `image/${order.format}`;
  if (file === "no_bytes") return { mediaType, size: 0, body: () => "" };
  const { caption, inputs, seed } = order;
  const format = file === "other_format" ? otherFormat(order.format) : order.format;
  return {
    mediaType,
    body: () => drawImage({ ...order.size, caption, inputs, seed, index: 0, format }),
  };
}

function otherFormat(format: ImageFormat): ImageFormat {
  return format === "jpeg" ? "png" : "jpeg";
}
