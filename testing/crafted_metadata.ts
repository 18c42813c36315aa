import type { Bytes } from "../shared/bytes.ts";
import {
  aJpeg,
  aPng,
  aWebp,
  bytesOf,
  joined,
  jpegSegment,
  number,
  pngChunk,
  webpChunk,
} from "./small_files.ts";

const shape = { width: 40, height: 30 };

/** EXIF that says to have as many entries as can be said, and has nothing in so many bytes of them. */
const emptyExif = (length: number): Bytes =>
  joined(bytesOf("MM\0*"), number(8, 4), number(65_535, 2), new Uint8Array(length));

const exifSegment = (length: number): Bytes =>
  jpegSegment(0xe1, joined(bytesOf("Exif\0\0"), emptyExif(length)));

const comment = jpegSegment(0xfe, new Uint8Array());
const fill = bytesOf("\xff".repeat(995));

function repeated<T>(count: number, piece: T): T[] {
  return Array<T>(count).fill(piece);
}

/** Pictures of 40 x 30 behind metadata that is made to be hard to walk over. */
export const craftedMetadata = {
  "a JPEG of empty comments": aJpeg(shape, repeated(1_990, comment)),
  "a JPEG of empty EXIF": aJpeg(shape, repeated(1_990, exifSegment(0))),
  "a JPEG of EXIF": aJpeg(shape, repeated(1_990, exifSegment(1_400))),
  "a JPEG of long EXIF": aJpeg(shape, repeated(480, exifSegment(6_000))),
  "a JPEG of comments behind fill bytes": aJpeg(shape, repeated(1_990, joined(fill, comment))),
  "a JPEG of EXIF behind fill bytes": aJpeg(shape, repeated(1_990, joined(fill, exifSegment(400)))),
  "a JPEG of segments": aJpeg(shape, repeated(1_990, jpegSegment(0xe5, new Uint8Array(1_500)))),
  "a JPEG of long segments with a video behind it": joined(
    aJpeg(shape, repeated(47, jpegSegment(0xe5, new Uint8Array(65_000)))),
    new Uint8Array(5_000_000).map((_, place) => place * 7),
  ),
  "a JPEG of more long EXIF than is read": aJpeg(shape, repeated(300, exifSegment(64_000))),
  "a PNG of empty texts": aPng(shape, repeated(990, pngChunk("tEXt"))),
  "a PNG of empty EXIF": aPng(shape, repeated(990, pngChunk("eXIf", emptyExif(0)))),
  "a PNG of EXIF": aPng(shape, repeated(990, pngChunk("eXIf", emptyExif(3_000)))),
  "a PNG of chunks of many names": aPng(
    shape,
    Array.from({ length: 990 }, (_, index) => pngChunk(`${1_000 + index}`, new Uint8Array(3_000))),
  ),
  "a PNG of long texts": aPng(shape, repeated(6, pngChunk("iTXt", new Uint8Array(520_000)))),
  "a PNG of long EXIF": aPng(shape, repeated(6, pngChunk("eXIf", emptyExif(600_000)))),
  "a PNG of beginnings of its end": joined(
    aPng(shape).slice(0, -12),
    bytesOf("IEND\xae".repeat(40_000)),
  ),
  "a WebP of empty chunks": aWebp(shape, repeated(98, webpChunk("XXXX", new Uint8Array()))),
  "a WebP of EXIF": aWebp(shape, repeated(98, webpChunk("EXIF", emptyExif(30_000))), 8),
  "a WebP of more long EXIF than is read": aWebp(
    shape,
    repeated(8, webpChunk("EXIF", emptyExif(600_000))),
    8,
  ),
  "a GIF of comments": joined(
    bytesOf("GIF89a\x01\0\x01\0\0\0\0"),
    bytesOf("!\xfe\x01a\0".repeat(600_000)),
  ),
} as const satisfies Readonly<Record<string, Bytes>>;
