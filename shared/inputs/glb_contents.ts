import { hasText } from "./binary.ts";
import { JsonCursor } from "./json_cursor.ts";
import { UnexpectedJson } from "./json_steps.ts";

/** What a look has to know of what a GLB describes. */
export interface GlbContents {
  readonly hasMesh: boolean;
  /** Length in bytes of the buffer that is the chunk behind the description; undefined if none is. */
  readonly chunkBytes: number | undefined;
}

/** The GLB is not all: an image or a buffer of it is in another file. */
export class OtherFile extends Error {
  override readonly name = "OtherFile";
  /** The beginning of its URI. */
  readonly uri: string;

  constructor(written: Uint8Array) {
    super("Another file");
    this.uri = beginningOf(written);
  }
}

/**
 * Of a longer description nothing is read. As glTF Transform writes it, a scene of a thousand parts with
 * a material each has 1 MB of it, and so has a figure of 60 joints with 20 animations.
 */
export const MAX_DESCRIBED_BYTES = 2_000_000;
/** Programs write nine bytes and more for each value, in the mean. */
export const MAX_DESCRIBED_VALUES = 250_000;

/** A multiple of what an escape is long, and more than is told of a name. */
const MAX_TOLD_BYTES = 6 * 1_024;

const DATA = "data:";
const CAPITAL_TO_SMALL = 0x20;

interface Part {
  readonly isInside: boolean;
  readonly byteLength: number | undefined;
}

/**
 * Reads the description of a GLB as far as the first thing that is wrong. Throws an OtherFile if it names
 * one, an UnexpectedJson if it is no description of glTF 2, and a TooManyValues if it has too many.
 */
export function readGlbContents(bytes: Uint8Array): GlbContents {
  const json = new JsonCursor(bytes, MAX_DESCRIBED_VALUES);
  let [isVersion2, hasMesh] = [false, false];
  let chunkBytes: number | undefined;
  json.object(["asset", "meshes", "buffers", "images"], (name) => {
    if (name === "asset") isVersion2 = readsVersion2(json);
    else if (name === "meshes") hasMesh = json.isFilledList();
    else if (name === "images") readParts(json, () => {});
    else {
      readParts(json, ({ isInside, byteLength }, index) => {
        if (byteLength === undefined) throw new UnexpectedJson("A buffer without a length");
        // Only the first one may be the chunk behind the description.
        if (index === 0) chunkBytes = isInside ? undefined : byteLength;
      });
    }
  });
  json.end();
  if (!isVersion2) throw new UnexpectedJson("Another version, or none");
  return { hasMesh, chunkBytes };
}

function readsVersion2(json: JsonCursor): boolean {
  let isVersion2 = false;
  json.object(["version"], () => isVersion2 = hasText(json.string(), "2."));
  return isVersion2;
}

function readParts(json: JsonCursor, visit: (part: Part, index: number) => void): void {
  json.list((index) => visit(readPart(json), index));
}

function readPart(json: JsonCursor): Part {
  let isInside = false;
  let byteLength: number | undefined;
  json.object(["uri", "byteLength"], (name) => {
    if (name === "byteLength") byteLength = json.wholeNumber();
    else {
      const uri = json.string();
      if (!isData(uri)) throw new OtherFile(uri);
      isInside = true;
    }
  });
  return { isInside, byteLength };
}

/** Whether a URI is what it names; its scheme may be in capitals. */
function isData(uri: Uint8Array): boolean {
  for (let place = 0; place < DATA.length; place++) {
    if (((uri[place] ?? 0) | CAPITAL_TO_SMALL) !== DATA.charCodeAt(place)) return false;
  }
  return true;
}

/** A string of JSON as text, with its escapes resolved where none is wrong or cut off. */
function beginningOf(written: Uint8Array): string {
  const text = new TextDecoder().decode(written.subarray(0, MAX_TOLD_BYTES));
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
