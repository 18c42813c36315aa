import type { Bytes } from "../../bytes.ts";
import type { KnownKind } from "../signatures.ts";
import { cutJpeg } from "./cut_jpeg.ts";
import { cutPng } from "./cut_png.ts";
import { cutWebp } from "./cut_webp.ts";
import type { FileStream } from "./file_stream.ts";

const cuts: Readonly<Record<KnownKind, (file: FileStream) => AsyncIterable<Bytes>>> = {
  jpeg: cutJpeg,
  png: cutPng,
  webp: cutWebp,
  // What is in a model shows.
  glb: (file) => file.takeRest(),
};

/**
 * Cuts from a file on its way what its user did not mean to send: where, when and with what a picture
 * was taken, and who appears in its texts. Nothing is decoded. What is behind the file's end stays in
 * the stream. Throws an EndedEarly if the file is not whole.
 */
export async function withoutMetadata(file: FileStream, kind: KnownKind): Promise<Blob> {
  const pieces: Bytes[] = [];
  for await (const piece of cuts[kind](file)) pieces.push(piece);
  return new Blob(pieces);
}
