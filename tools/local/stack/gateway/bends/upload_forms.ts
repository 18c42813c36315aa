import { Busboy } from "@fastify/busboy";
import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Instead } from "../forward.ts";

/** As `file_size_limit` of the local Storage. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The file of a form, as SDKs send one, to be sent on as it is: under any name or none, its type and
 * `cacheControl` as headers. Undefined if the request is no form. Throws if there is no file in it, or
 * it broke off.
 *
 * It is read whole, so that its length is known, which limits of buckets and policies look at.
 */
export async function readUploadForm(request: Request): Promise<Instead | undefined> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!contentType.startsWith("multipart/form-data") || !request.body) return undefined;
  const form = new Busboy({
    headers: { "content-type": contentType },
    limits: { files: 1, fileSize: MAX_BYTES },
  });
  const chunks: Buffer[] = [];
  const fields = new Map<string, string>();
  let type: string | undefined;
  form.on("field", (name, value) => fields.set(name, value));
  form.on("file", (_name, file, _fileName, _encoding, mimeType) => {
    type = mimeType;
    file.on("data", (chunk: Buffer) => chunks.push(chunk));
    // A form that is cut off ends its file with an error, too; nobody else listens.
    file.on("error", (error) => form.destroy(error));
  });
  await pipeline(Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>), form);
  if (type === undefined) throw new Error("No file in the form");
  const seconds = fields.get("cacheControl");
  return {
    headers: {
      "content-type": type,
      "cache-control": seconds === undefined ? "no-cache" : `max-age=${seconds}`,
    },
    body: Buffer.concat(chunks),
  };
}
