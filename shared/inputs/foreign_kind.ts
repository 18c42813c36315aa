import { hasText, latin1 } from "./binary.ts";
import { type Remedy, unusable, type UnusableLook } from "./looked_at.ts";

const TO_JPEG: Remedy = { words: "convert it to JPEG", leadsTo: "image" };
const TO_PNG: Remedy = { words: "save it as PNG", leadsTo: "image" };
const STILL: Remedy = { words: "save one picture of it as PNG or JPEG", leadsTo: "image" };
const TO_GLB: Remedy = { words: "export it as GLB (binary glTF 2.0)", leadsTo: "model" };
const UNPACK: Remedy = { words: "unpack it" };

type Kind = readonly [kind: string, remedy?: Remedy];

/** By the media types of the library that recognises them; of others, their own name has to do. */
const KINDS: Readonly<Record<string, Kind>> = {
  "image/heic": ["a HEIC photo", TO_JPEG],
  "image/heif": ["a HEIC photo", TO_JPEG],
  "image/heic-sequence": ["a HEIC photo", TO_JPEG],
  "image/heif-sequence": ["a HEIC photo", TO_JPEG],
  "image/avif": ["an AVIF picture", TO_JPEG],
  "image/jxl": ["a JPEG XL picture", TO_JPEG],
  "image/jp2": ["a JPEG 2000 picture", TO_JPEG],
  "image/gif": ["a GIF", STILL],
  "image/tiff": ["a TIFF picture", TO_JPEG],
  "image/bmp": ["a BMP picture", TO_PNG],
  "image/x-icon": ["an icon (ICO)", TO_PNG],
  "image/icns": ["an icon (ICNS)", TO_PNG],
  "image/vnd.adobe.photoshop": ["a Photoshop file", TO_PNG],
  "image/x-exr": ["an OpenEXR picture", TO_JPEG],
  "application/pdf": ["a PDF", TO_PNG],
  "application/zip": ["a ZIP archive", UNPACK],
  "application/gzip": ["compressed (gzip)", UNPACK],
  "application/x-7z-compressed": ["a 7z archive", UNPACK],
  "application/x-rar-compressed": ["a RAR archive", UNPACK],
  "application/x-tar": ["a TAR archive", UNPACK],
  "application/x.autodesk.fbx": ["an FBX model", TO_GLB],
  "model/gltf-binary": ["a GLB", TO_GLB],
  "model/3mf": ["a 3MF model", TO_GLB],
  "model/stl": ["an STL model", TO_GLB],
};

/** Raw photos have media types of their makers. */
const RAW =
  /^image\/x-(?:adobe-dng|canon-cr[23]|nikon-nef|sony-arw|fujifilm-raf|olympus-orf|panasonic-rw2)$/;

/** What is no image or model that a service takes, in words. */
export async function foreignKind(head: Uint8Array): Promise<UnusableLook> {
  const written = packedModel(head) ?? bareKind(head) ?? writtenKind(head);
  if (written) return unusable(...written);
  // Loaded for such files only, so that a start of the function does not wait for it.
  const { fileTypeFromBuffer } = await import("file-type");
  const mediaType = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (mediaType === undefined) {
    return unusable("no image and no model that is known here");
  }
  const known = KINDS[mediaType];
  if (known) return unusable(...known);
  if (RAW.test(mediaType)) return unusable("a raw photo of a camera", TO_JPEG);
  if (mediaType.startsWith("video/")) return unusable(`a video (${mediaType})`, STILL);
  if (mediaType.startsWith("audio/")) return unusable(`a sound (${mediaType})`);
  return unusable(`a file of ${mediaType}`);
}

/** The first file of a USDZ is the model itself. */
function packedModel(head: Uint8Array): Kind | undefined {
  if (!hasText(head, "PK\x03\x04")) return undefined;
  const name = latin1(head, 30, 30 + (head[26] ?? 0));
  return /\.usd[ac]?$/i.test(name) ? ["a USDZ model", TO_GLB] : undefined;
}

/** Pictures that begin without a word: the library does not know them, or takes one for an icon. */
function bareKind(head: Uint8Array): Kind | undefined {
  if (/^P[1-7]\s/.test(latin1(head, 0, 3))) return ["a Netpbm picture", TO_PNG];
  const [length, map, picture] = head;
  const isTga = length === 0 && (map === 0 || map === 1) && [2, 3, 10].includes(picture ?? 0);
  // Of an icon, the next bytes say how many pictures it has.
  if (isTga && head[3] === 0 && head[4] === 0) return ["a TGA picture", TO_PNG];
}

/** Models and drawings that are text. */
function writtenKind(head: Uint8Array): Kind | undefined {
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, "").trimStart();
  if (/^(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(text) && /<(?:\w+:)?svg[\s>]/i.test(text)) {
    return ["an SVG drawing", TO_PNG];
  }
  if (/^(?:<!DOCTYPE html|<html|<head|<body)/i.test(text)) {
    return ["a web page (HTML)", { words: "fetch the file itself" }];
  }
  if (/<COLLADA\s/.test(text)) return ["a COLLADA model (DAE)", TO_GLB];
  if (/^#usda\s/.test(text) || text.startsWith("PXR-USDC")) return ["a USD model", TO_GLB];
  if (/^\{[^]*"(?:asset|scenes?|meshes|nodes|buffers)"\s*:/.test(text)) {
    return ["a glTF in JSON (.gltf)", TO_GLB];
  }
  if (/^ply\s/.test(text)) return ["a PLY model", TO_GLB];
  if (/^; FBX \d/.test(text)) return ["an FBX model", TO_GLB];
  if (/^solid\s/.test(text) && /\bfacet\s+normal\b/.test(text)) return ["an STL model", TO_GLB];
  if (/^(?:mtllib|o|g|v|usemtl)\s+\S[^]*\nv\s+-?[\d.]/.test(withoutComments(text))) {
    return ["an OBJ model", TO_GLB];
  }
  if (text.startsWith("data:") || /^(?:iVBORw0KGgo|\/9j\/|UklGR)/.test(text)) {
    return ["text in base64", { words: "decode it" }];
  }
}

function withoutComments(text: string): string {
  return text.replaceAll(/^#.*$/gm, "").trimStart();
}
