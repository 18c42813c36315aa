import { crc32 } from "../shared/inputs/crc32.ts";
import { drawImage } from "../simulators/images.ts";
import { buildModel } from "../simulators/models.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A box of JUMBF (ISO/IEC 19566-5), as Content Credentials are packed; what is in it is of no matter. */
const JUMBF = box("jumb", Uint8Array.from({ length: 5_000 }, (_, place) => (place * 31) % 256));

const picture = { width: 64, height: 48, seed: "marked", index: 0 };

/**
 * Files with marks of their origin, each where the C2PA specification 2.2, appendix A, puts them:
 * https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html
 */
export async function markedFiles(): Promise<
  readonly { readonly name: string; readonly kind: "image" | "model"; readonly bytes: Bytes }[]
> {
  const draw = (format: "png" | "jpeg" | "webp"): Promise<Bytes> =>
    drawImage({ ...picture, format });
  return [
    { name: "PNG with a caBX chunk", kind: "image", bytes: markPng(await draw("png")) },
    { name: "JPEG with APP11 segments", kind: "image", bytes: markJpeg(await draw("jpeg")) },
    { name: "WebP with a C2PA chunk", kind: "image", bytes: markWebp(await draw("webp")) },
    {
      name: "GLB with extras and a chunk of its own",
      kind: "model",
      bytes: markGlb(await buildModel({ seed: "marked" })),
    },
  ];
}

/** Before the first IDAT. */
function markPng(png: Bytes): Bytes {
  const afterHeader = 8 + 25;
  const typed = concat(words("caBX"), JUMBF);
  const chunk = concat(uint32(JUMBF.length), typed, uint32(crc32(typed)));
  return concat(png.slice(0, afterHeader), chunk, png.slice(afterHeader));
}

/** Right behind the start, in segments of the JPEG XT form (ISO/IEC 18477-3). */
function markJpeg(jpeg: Bytes): Bytes {
  const segments = [JUMBF.slice(0, 3_000), JUMBF.slice(3_000)].map((part, index) => {
    const content = concat(words("JP"), Uint8Array.of(0, 1), uint32(index + 1), part);
    const length = content.length + 2;
    return concat(Uint8Array.of(0xff, 0xeb, length >> 8, length & 0xff), content);
  });
  return concat(jpeg.slice(0, 2), ...segments, jpeg.slice(2));
}

function markWebp(webp: Bytes): Bytes {
  const chunk = concat(words("C2PA"), uint32(JUMBF.length, true), JUMBF);
  const marked = concat(webp, chunk);
  new DataView(marked.buffer).setUint32(4, marked.length - 8, true);
  return marked;
}

/** Extras of the asset, which readers must keep out of the picture only, and a chunk unknown to them. */
function markGlb(glb: Bytes): Bytes {
  const view = new DataView(glb.buffer);
  const jsonLength = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(glb.slice(20, 20 + jsonLength)));
  json.asset.extras = { provenance: "urn:c2pa:1", note: "Made by a machine" };
  const text = JSON.stringify(json);
  const padded = words(text.padEnd(Math.ceil(text.length / 4) * 4));
  const marked = concat(
    glb.slice(0, 12),
    ...[uint32(padded.length, true), words("JSON"), padded, glb.slice(20 + jsonLength)],
    ...[uint32(JUMBF.length, true), words("C2PA"), JUMBF],
  );
  new DataView(marked.buffer).setUint32(8, marked.length, true);
  return marked;
}

function box(type: string, content: Bytes): Bytes {
  return concat(uint32(content.length + 8), words(type), content);
}

function words(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function uint32(value: number, isLittleEndian = false): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, isLittleEndian);
  return bytes;
}

function concat(...parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}
