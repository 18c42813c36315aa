import { files } from "./files.ts";

/** A box of ISO/IEC 14496-12. */
function box(type: string, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, { length }) => sum + length, 8);
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, length);
  bytes.set(new TextEncoder().encode(type), 4);
  let place = 8;
  for (const content of contents) {
    bytes.set(content, place);
    place += content.length;
  }
  return bytes;
}

const numbers = (...values: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
const word = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A file of the family of HEIC and AVIF whose one item is 300 x 200, with so many links to that. */
function boxedImage(brand: string, links: number): Uint8Array<ArrayBuffer> {
  const ipma = new Uint8Array(8 + 3 * links);
  new DataView(ipma.buffer).setUint32(4, links);
  const ispe = box("ispe", numbers(0, 0, 0, 0, 0, 0, 1, 0x2c, 0, 0, 0, 0xc8));
  const meta = box(
    "meta",
    numbers(0, 0, 0, 0),
    box("pitm", numbers(0, 0, 0, 0, 0, 1)),
    box("iprp", box("ipco", ispe), box("ipma", ipma)),
  );
  const ftyp = box("ftyp", word(brand), numbers(0, 0, 0, 0), word("mif1"));
  const image = new Uint8Array(ftyp.length + meta.length);
  image.set(ftyp);
  image.set(meta, ftyp.length);
  return image;
}

/** Images of kinds that no operation takes; some of them made to be hard to read. */
export const craftedImages = {
  "AVIF": boxedImage("avif", 1),
  "AVIF with 160,000 links": boxedImage("avif", 160_000),
  "HEIC": boxedImage("heic", 1),
  "HEIC with 160,000 links": boxedImage("heic", 160_000),
  "GIF": files.gif,
  "ICO": Uint8Array.from([0, 0, 1, 0, 255, 255, ...new Array(480_000).fill(1)]),
  "a beginning of a PNG": files.png.slice(0, 20),
  "a JPEG of fill bytes": Uint8Array.from([0xff, 0xd8, ...new Array(480_000).fill(0xff)]),
} as const satisfies Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
