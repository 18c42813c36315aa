import type { Remedy } from "./looked_at.ts";

export const TO_JPEG: Remedy = { words: "convert it to JPEG", leadsTo: "image" };
export const TO_PNG: Remedy = { words: "save it as PNG", leadsTo: "image" };
export const TO_GLB: Remedy = { words: "export it as GLB (binary glTF 2.0)", leadsTo: "model" };
const STILL: Remedy = { words: "save one picture of it as PNG or JPEG", leadsTo: "image" };
const UNPACK: Remedy = { words: "unpack it" };

const RAW = "a raw photo of a camera";
const TIFF = "a TIFF picture";

/** By the first that stands at its place. What is told in other ways is in foreign_kind.ts. */
export const SIGNATURES: readonly (readonly [
  place: number,
  text: string,
  kind: string,
  remedy?: Remedy,
])[] = [
  [0, "GIF8", "a GIF", STILL],
  [8, "CR\x02\0", RAW, TO_JPEG],
  [0, "FUJIFILMCCD-RAW", RAW, TO_JPEG],
  [0, "IIRO", RAW, TO_JPEG],
  [0, "IIRS", RAW, TO_JPEG],
  [0, "IIU\0", RAW, TO_JPEG],
  [0, "II*\0", TIFF, TO_JPEG],
  [0, "MM\0*", TIFF, TO_JPEG],
  [0, "II+\0", TIFF, TO_JPEG],
  [0, "MM\0+", TIFF, TO_JPEG],
  [4, "jP  \r\n", "a JPEG 2000 picture", TO_JPEG],
  [0, "\xff\x4f\xff\x51", "a JPEG 2000 picture", TO_JPEG],
  [4, "JXL \r\n", "a JPEG XL picture", TO_JPEG],
  [0, "\xff\x0a", "a JPEG XL picture", TO_JPEG],
  [0, "icns", "an icon (ICNS)", TO_PNG],
  [0, "8BPS", "a Photoshop file", TO_PNG],
  [0, "gimp xcf", "a GIMP file", TO_PNG],
  [0, "v/1\x01", "an OpenEXR picture", TO_JPEG],
  [0, "#?RADIANCE", "an HDR picture", TO_JPEG],
  [0, "DDS ", "a DDS texture", TO_PNG],
  [0, "\xabKTX ", "a KTX texture", TO_PNG],
  [0, "qoif", "a QOI picture", TO_PNG],
  [0, "%PDF-", "a PDF", TO_PNG],
  [0, "Kaydara FBX Binary", "an FBX model", TO_GLB],
  [0, "PXR-USDC", "a USD model", TO_GLB],
  [0, "BLENDER", "a Blender file", TO_GLB],
  [0, "PK\x03\x04", "a ZIP archive", UNPACK],
  [0, "\x1f\x8b", "compressed (gzip)", UNPACK],
  [0, "(\xb5/\xfd", "compressed (Zstandard)", UNPACK],
  [0, "BZh", "compressed (bzip2)", UNPACK],
  [0, "\xfd7zXZ", "compressed (xz)", UNPACK],
  [0, "7z\xbc\xaf", "a 7z archive", UNPACK],
  [0, "Rar!", "a RAR archive", UNPACK],
  [257, "ustar", "a TAR archive", UNPACK],
  [4, "moov", "a video (MOV)", STILL],
  [4, "mdat", "a video (MOV)", STILL],
  [8, "AVI ", "a video (AVI)", STILL],
  [0, "\x1aE\xdf\xa3", "a video (WebM, Matroska)", STILL],
  [8, "WAVE", "a sound (WAV)"],
  [0, "OggS", "a sound or a video (Ogg)"],
  [0, "ID3", "a sound (MP3)"],
  [0, "fLaC", "a sound (FLAC)"],
];
