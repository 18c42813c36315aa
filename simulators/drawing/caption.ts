import { type Bitmap, type Colour, fill } from "./bitmap.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphOf, plainLetters } from "./font.ts";

/** What was asked for, in words. */
export interface Caption {
  /** Its first words are shown. */
  readonly prompt?: string | undefined;
  readonly operation: string;
  readonly provider: string;
}

const LETTERS_PER_LINE = 26;
const PROMPT_LINES = 2;
/** Dots between letters, between lines, and around all. */
export const GAP = 1;
export const LINE_GAP = 3;
export const PADDING = 4;

const PAPER: Colour = [20, 20, 24, 255];
const INK: Colour = [255, 255, 255, 255];
const FAINT_INK: Colour = [190, 200, 215, 255];

/** Writes the words on a band at the bottom of a part of the picture. */
export function drawCaption(
  bitmap: Bitmap,
  { prompt = "", operation, provider }: Caption,
  { x, width, bottom }: { readonly x: number; readonly width: number; readonly bottom: number },
): void {
  const { dot, letters } = measure(width);
  const lines = [
    ...wrap(plainLetters(prompt), letters).map((text) => ({ text, ink: INK })),
    ...wrap(`${operation} by ${provider}`, letters).map((text) => ({ text, ink: FAINT_INK })),
  ];
  const height = (lines.length * (GLYPH_HEIGHT + LINE_GAP) - LINE_GAP + 2 * PADDING) * dot;
  const top = bottom - height;
  // A picture too small for words has none.
  if (letters < 6 || top < 0) return;
  fill(bitmap, { x, y: top, width, height }, PAPER);
  lines.forEach(({ text, ink }, index) => {
    const y = top + (PADDING + index * (GLYPH_HEIGHT + LINE_GAP)) * dot;
    drawLine(bitmap, text, { x: x + PADDING * dot, y, dot, ink });
  });
}

/** How large a dot is on a band of this width, and how many letters a line has. */
export function measure(width: number): { readonly dot: number; readonly letters: number } {
  const lineWidth = LETTERS_PER_LINE * (GLYPH_WIDTH + GAP) + 2 * PADDING;
  const dot = Math.max(1, Math.floor(width / lineWidth));
  return { dot, letters: Math.floor((width / dot - 2 * PADDING) / (GLYPH_WIDTH + GAP)) };
}

/** The first lines of a text, broken between words where that can be. */
export function wrap(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < PROMPT_LINES) {
    const isLast = lines.length === PROMPT_LINES - 1;
    const space = rest.length > letters && !isLast ? rest.lastIndexOf(" ", letters) : -1;
    const end = space > 0 ? space : letters;
    const isCut = isLast && rest.length > letters;
    lines.push(isCut ? `${rest.slice(0, letters - 3)}...` : rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

function drawLine(
  bitmap: Bitmap,
  text: string,
  { x, y, dot, ink }: {
    readonly x: number;
    readonly y: number;
    readonly dot: number;
    readonly ink: Colour;
  },
): void {
  [...text].forEach((letter, index) => {
    const left = x + index * (GLYPH_WIDTH + GAP) * dot;
    glyphOf(letter).forEach((bits, column) => {
      for (let row = 0; row < GLYPH_HEIGHT; row++) {
        if ((bits >> row) % 2 === 0) continue;
        fill(bitmap, { x: left + column * dot, y: y + row * dot, width: dot, height: dot }, ink);
      }
    });
  });
}
