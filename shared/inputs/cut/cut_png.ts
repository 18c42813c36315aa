import type { Bytes } from "../../bytes.ts";
import { latin1, uint32 } from "../binary.ts";
import { orientationIn } from "../orientation.ts";
import { pngChunk } from "../png_chunk.ts";
import type { FileStream } from "./file_stream.ts";
import { orientationOnly } from "./orientation_only.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;
/** Longer EXIF is not read to its end: the orientation stands near its beginning. */
const MAX_EXIF_BYTES = 64 * 1024;

/** What changes how the picture looks, and marks of its origin (C2PA in caBX). */
const KEPT = new Set(
  "tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV mDCv cLLI cLLi sPLT hIST caBX".split(" "),
);

/**
 * A PNG without texts, times and EXIF but how it is turned, without further pictures of an animation,
 * and without anything behind its end.
 */
export async function* cutPng(file: FileStream): AsyncGenerator<Bytes> {
  yield* file.take(SIGNATURE_BYTES);
  for (;;) {
    const head = await file.peek(8);
    const [length, name] = [uint32(head, 0) + FRAME_BYTES, latin1(head, 4, 8)];
    if (name === "eXIf") {
      const exif = (await file.peek(Math.min(length, MAX_EXIF_BYTES))).subarray(8);
      const orientation = orientationIn(exif);
      await file.skip(length);
      if (orientation !== 1) yield pngChunk("eXIf", orientationOnly(orientation));
    } else if (isNeeded(name) || KEPT.has(name)) {
      yield* file.take(length);
    } else {
      await file.skip(length);
    }
    if (name === "IEND") return;
  }
}

/** No decoder may do without a chunk whose name begins with a capital. */
function isNeeded(name: string): boolean {
  return name < "a";
}
