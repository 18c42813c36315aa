import type { DecodedImage } from "../image_file.ts";
import { MARGIN } from "../images.ts";
import { GAP, LINE_GAP, measure, PADDING } from "./caption.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphOf } from "./font.ts";

const LETTERS = new Map(
  Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index))
    .map((letter) => [String(glyphOf(letter)), letter]),
);

/** The colour of a pixel: red, green and blue. */
export function pixelAt({ width, data }: DecodedImage, x: number, y: number): readonly number[] {
  return [0, 1, 2].map((channel) => data[4 * (y * width + x) + channel] ?? 0);
}

/** Reads the words on a picture by the shape of their letters, line by line. */
export function readWords(image: DecodedImage): readonly string[] {
  const x = Math.ceil(image.width * MARGIN);
  const bottom = image.height - Math.ceil(image.height * MARGIN);
  const { dot, letters } = measure(image.width - 2 * x);
  const middle = Math.floor(dot / 2);
  const lines: string[] = [];
  for (;;) {
    const last = PADDING + GLYPH_HEIGHT + lines.length * (GLYPH_HEIGHT + LINE_GAP);
    const top = bottom - last * dot;
    // Beside the letters the band is dark, above it is whatever is there.
    if (top < 0 || !isDark(image, x + middle, top + middle) || lines.length === 4) return lines;
    lines.unshift(
      Array.from({ length: letters }, (_, index) => {
        const left = x + (PADDING + index * (GLYPH_WIDTH + GAP)) * dot + middle;
        const columns = Array.from(
          { length: GLYPH_WIDTH },
          (_, column) =>
            Array.from(
              { length: GLYPH_HEIGHT },
              (_, row) =>
                isDark(image, left + column * dot, top + row * dot + middle) ? 0 : 1 << row,
            )
              .reduce((bits, bit) => bits | bit, 0),
        );
        return LETTERS.get(String(columns)) ?? "?";
      }).join("").trimEnd(),
    );
  }
}

function isDark(image: DecodedImage, x: number, y: number): boolean {
  return pixelAt(image, x, y).every((value) => value < 100);
}
