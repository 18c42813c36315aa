import type { Bytes } from "../../bytes.ts";
import { latin1, uint32 } from "../binary.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;

/** A PNG taken apart, but not unpacked. */
export interface PackedPng {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  readonly colourType: number;
  readonly isInterlaced: boolean;
  /** Red, green, blue of each entry. */
  readonly palette: Uint8Array;
  /** Of a palette, its alpha; else the one value that is transparent. Undefined: none is. */
  readonly transparency: Uint8Array | undefined;
  /** The compressed pixels. */
  readonly data: readonly Bytes[];
}

/** Takes a whole PNG apart; undefined if it ends early. */
export function unpackPng(bytes: Bytes): PackedPng | undefined {
  const chunks = new Map<string, Bytes>();
  const data: Bytes[] = [];
  let place = SIGNATURE_BYTES;
  for (let name = ""; name !== "IEND";) {
    if (place + FRAME_BYTES > bytes.length) return undefined;
    const length = uint32(bytes, place);
    name = latin1(bytes, place + 4, place + 8);
    const content = bytes.subarray(place + 8, place + 8 + length);
    if (name === "IDAT") data.push(content);
    else if (!chunks.has(name)) chunks.set(name, content);
    place += length + FRAME_BYTES;
  }
  const header = chunks.get("IHDR");
  if (!header) return undefined;
  return {
    width: uint32(header, 0),
    height: uint32(header, 4),
    depth: header[8] ?? 0,
    colourType: header[9] ?? 0,
    isInterlaced: header[12] !== 0,
    palette: chunks.get("PLTE") ?? new Uint8Array(),
    transparency: chunks.get("tRNS"),
    data,
  };
}

/** Samples of a pixel, by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** How many bits a pixel has; undefined for what PNG does not know. */
export function bitsOfPixel({ colourType, depth }: PackedPng): number | undefined {
  const samples = SAMPLES[colourType];
  const isKnown = [1, 2, 4, 8, 16].includes(depth);
  return samples !== undefined && isKnown ? samples * depth : undefined;
}
