import { hasText, latin1, uint32 } from "./binary.ts";
import { SIGNATURES, TO_GLB, TO_JPEG, TO_PNG } from "./foreign_signatures.ts";
import { type Remedy, unusable, type UnusableLook } from "./looked_at.ts";

type Kind = readonly [kind: string, remedy?: Remedy | undefined];

/**
 * What is no image or model that a service takes, in words. By our own list: a library that knows
 * hundreds of kinds takes longer to load than all of a look may.
 */
export function foreignKind(head: Uint8Array): UnusableLook {
  const kind = boxedKind(head) ?? packedModel(head) ?? signedKind(head) ?? bareKind(head) ??
    writtenKind(head) ?? ["no image and no model that is known here"];
  return unusable(...kind);
}

/** Files in boxes (ISO/IEC 14496-12) say their kinds in the first one. */
function boxedKind(head: Uint8Array): Kind | undefined {
  if (!hasText(head, "ftyp", 4)) return undefined;
  const brands = latin1(head, 8, Math.min(uint32(head, 0), 256));
  if (/avi[fs]/.test(brands)) return ["an AVIF picture", TO_JPEG];
  if (/hei[cxms]|hev[cx]|mif1|msf1/.test(brands)) return ["a HEIC photo", TO_JPEG];
  if (brands.startsWith("crx ")) return ["a raw photo of a camera", TO_JPEG];
  if (/^M4[AB]/.test(brands)) return ["a sound (MP4)"];
  return ["a video (MP4, MOV)", {
    words: "save one picture of it as PNG or JPEG",
    leadsTo: "image",
  }];
}

/** The first file of a USDZ is the model itself. */
function packedModel(head: Uint8Array): Kind | undefined {
  if (!hasText(head, "PK\x03\x04")) return undefined;
  const name = latin1(head, 30, 30 + (head[26] ?? 0));
  return /\.usd[ac]?$/i.test(name) ? ["a USDZ model", TO_GLB] : undefined;
}

function signedKind(head: Uint8Array): Kind | undefined {
  const found = SIGNATURES.find(([place, text]) => hasText(head, text, place));
  return found && [found[2], found[3]];
}

/** Pictures that begin without a word of their own. */
function bareKind(head: Uint8Array): Kind | undefined {
  if (/^P[1-7]\s/.test(latin1(head, 0, 3))) return ["a Netpbm picture", TO_PNG];
  if (hasText(head, "BM") && uint32(head, 6) === 0) return ["a BMP picture", TO_PNG];
  const [length, map, picture, , count = 0, more = 0] = head;
  if (length !== 0) return undefined;
  const isIcon = map === 0 && (picture === 1 || picture === 2) && head[3] === 0;
  if (isIcon && count + more > 0) return ["an icon (ICO)", TO_PNG];
  const isTga = (map === 0 || map === 1) && [1, 2, 3, 9, 10, 11].includes(picture ?? 0);
  return isTga && count === 0 ? ["a TGA picture", TO_PNG] : undefined;
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
  if (/^#usda\s/.test(text)) return ["a USD model", TO_GLB];
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
