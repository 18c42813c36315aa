import type { Bytes } from "../shared/bytes.ts";

/** Bytes of a text of plain characters. */
export function bytesOf(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

/** A number in some bytes, the first of which counts most. */
export function number(value: number, length: 2 | 4): Bytes {
  const view = new DataView(new ArrayBuffer(length));
  if (length === 2) view.setUint16(0, value);
  else view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

/** The same, the last of which counts most. */
export function reversed(value: number, length: 2 | 4): Bytes {
  return number(value, length).reverse();
}

/** EXIF of a camera that names a place, a maker and an orientation. */
export function exif(orientation: number): Bytes {
  const entry = (tag: number, value: number): Bytes =>
    joined(number(tag, 2), number(3, 2), number(1, 4), number(value, 2), number(0, 2));
  const entries = [entry(0x0106, 2), entry(0x0112, orientation), entry(0x8825, 99)];
  return joined(
    bytesOf("MM\0*"),
    number(8, 4),
    number(entries.length, 2),
    ...entries,
    number(0, 4),
    bytesOf("SecretCamera 48.137N 11.575E"),
  );
}

/** A chunk of a PNG; its checksum is nobody's business here. */
export function pngChunk(name: string, content: Uint8Array = new Uint8Array()): Bytes {
  return joined(number(content.length, 4), bytesOf(name), content, bytesOf("\xae\x42\x60\x82"));
}

export interface Shape {
  readonly width?: number;
  readonly height?: number;
}

/** What a look sees of a PNG: a header, chunks, a picture of no bytes, chunks, an end. */
export function aPng(
  { width = 1_024, height = 1_024 }: Shape = {},
  before: readonly Bytes[] = [],
  after: readonly Bytes[] = [],
  colourType = 2,
): Bytes {
  const header = joined(number(width, 4), number(height, 4), Uint8Array.of(8, colourType, 0, 0, 0));
  return joined(
    bytesOf("\x89PNG\r\n\x1a\n"),
    pngChunk("IHDR", header),
    ...before,
    pngChunk("IDAT"),
    ...after,
    pngChunk("IEND"),
  );
}

/** A segment of a JPEG. */
export function jpegSegment(code: number, content: Uint8Array): Bytes {
  return joined(Uint8Array.of(0xff, code), number(content.length + 2, 2), content);
}

/** What a look sees of a JPEG: segments, a frame, a scan with a stuffed byte, an end. */
export function aJpeg(
  { width = 1_024, height = 1_024 }: Shape = {},
  before: readonly Bytes[] = [],
  { frame = 0xc0, bits = 8, end = "\xff\xd9" } = {},
): Bytes {
  const size = joined(Uint8Array.of(bits), number(height, 2), number(width, 2));
  return joined(
    bytesOf("\xff\xd8"),
    ...before,
    jpegSegment(frame, joined(size, bytesOf("\x01\x01\x11\0"))),
    jpegSegment(0xda, bytesOf("\x01\x01\0\0\x3f\0")),
    bytesOf("a picture \xff\0 in a scan"),
    bytesOf(end),
  );
}

/** A chunk of a WebP. */
export function webpChunk(name: string, content: Uint8Array): Bytes {
  const padding = new Uint8Array(content.length % 2);
  return joined(bytesOf(name), reversed(content.length, 4), content, padding);
}

/** What a look sees of a WebP in its extended form. */
export function aWebp(
  { width = 1_024, height = 1_024 }: Shape = {},
  chunks: readonly Bytes[] = [],
  flags = 0,
): Bytes {
  const side = (length: number): Bytes => reversed(length - 1, 4).slice(0, 3);
  const canvas = joined(Uint8Array.of(flags, 0, 0, 0), side(width), side(height));
  const body = joined(
    bytesOf("WEBP"),
    webpChunk("VP8X", canvas),
    webpChunk("VP8 ", bytesOf("\x9d\x01\x2aa picture")),
    ...chunks,
  );
  return joined(bytesOf("RIFF"), reversed(body.length, 4), body);
}

/** A GLB of this description, with a buffer behind it. */
export function aGlb(description: unknown, buffer = new Uint8Array(36), version = 2): Bytes {
  const text = typeof description === "string" ? description : JSON.stringify(description);
  const json = bytesOf(text.padEnd(Math.ceil(text.length / 4) * 4));
  const chunks = joined(
    reversed(json.length, 4),
    bytesOf("JSON"),
    json,
    reversed(buffer.length, 4),
    bytesOf("BIN\0"),
    buffer,
  );
  return joined(bytesOf("glTF"), reversed(version, 4), reversed(chunks.length + 12, 4), chunks);
}

/** The least that is a model. */
export const triangle = {
  asset: { version: "2.0" },
  meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
  buffers: [{ byteLength: 36 }],
};
