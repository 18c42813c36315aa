import { SaxesParser } from "saxes";
import type { FactsReader, KindFacts } from "./facts_reader.ts";

/** Where the element of the drawing itself must have ended. */
const HEAD_BYTES = 16 * 1024;

/** A pixel of CSS in each unit of a length; one without a unit is in pixels. */
const PIXELS: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
};
const LENGTH = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)(px|in|cm|mm|q|pt|pc)?\s*$/i;

/** Reads the size of an SVG from its first element, as browsers show it alone. */
export class DrawingFacts implements FactsReader {
  readonly #head = new Uint8Array(HEAD_BYTES);
  #length = 0;

  add(part: Uint8Array): void {
    const taken = part.subarray(0, HEAD_BYTES - this.#length);
    this.#head.set(taken, this.#length);
    this.#length += taken.length;
  }

  end(): Promise<KindFacts> {
    const text = new TextDecoder().decode(this.#head.subarray(0, this.#length));
    return Promise.resolve(sizeOf(firstElement(text)));
  }
}

type Attributes = Readonly<Record<string, string>>;

function firstElement(text: string): Attributes {
  let found: Attributes | undefined;
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", ({ attributes }) => found ??= attributes);
  // The text ends anywhere, and was cleaned before.
  parser.on("error", () => {});
  parser.write(text);
  return found ?? {};
}

/** What is not told, or in parts of what is around it, follows from the view box. */
function sizeOf(attributes: Attributes): KindFacts {
  const [, , boxWidth, boxHeight] = (attributes["viewBox"] ?? "").trim().split(/[\s,]+/)
    .map(Number);
  const [width, height] = [pixels(attributes["width"]), pixels(attributes["height"])];
  const ratio = boxWidth && boxHeight ? boxWidth / boxHeight : undefined;
  return whole(
    width ?? (height && ratio ? height * ratio : boxWidth),
    height ?? (width && ratio ? width / ratio : boxHeight),
  );
}

function pixels(length: string | undefined): number | undefined {
  const [, number, unit = ""] = LENGTH.exec(length ?? "") ?? [];
  const factor = PIXELS[unit.toLowerCase()];
  return number !== undefined && factor !== undefined ? Number(number) * factor : undefined;
}

function whole(width: number | undefined, height: number | undefined): KindFacts {
  const sides = [width, height].map((side) => Math.round(side ?? 0));
  const [roundWidth = 0, roundHeight = 0] = sides;
  const isSize = sides.every((side) => side >= 1 && Number.isSafeInteger(side));
  return isSize ? { width: roundWidth, height: roundHeight } : {};
}
