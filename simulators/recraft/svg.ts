/**
 * Draws the vector pictures that Recraft sells.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Caption, wrap } from "../drawing/caption.ts";
import type { Size } from "./sizes.ts";

/** The hash's 256 bits, as a square of blocks. */
const BLOCKS_PER_SIDE = 16;

/** What a drawing depends on, and says. */
interface Drawn {
  readonly seed: string;
  readonly index: number;
  readonly caption?: Caption | undefined;
}

/**
 * The SHA-256 of seed and index as dark blocks on a light ground, and in words as the title, with the
 * words of the order over it.
 */
export function drawSvg({ width, height }: Size, { seed, index, caption }: Drawn): string {
  const hash = createHash("sha256").update(`${index}\n${seed}`).digest();
  const blocks: string[] = [];
  for (let row = 0; row < BLOCKS_PER_SIDE; row++) {
    const bits = hash.readUInt16BE(row * 2);
    for (let column = 0; column < BLOCKS_PER_SIDE; column++) {
      if ((bits >> column) % 2 === 1) blocks.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${BLOCKS_PER_SIDE} ${BLOCKS_PER_SIDE}" preserveAspectRatio="none">` +
    `<title>${hash.toString("hex")}</title><rect width="100%" height="100%" fill="#f4f0e8"/>` +
    `<path fill="#${hash.toString("hex", 0, 3)}" d="${blocks.join("")}"/>` +
    `${caption ? words(caption) : ""}</svg>\n`;
}

const LETTERS_PER_LINE = 26;
const LINE_HEIGHT = 1;

function words({ prompt = "", operation, provider }: Caption): string {
  const lines = [...wrap(prompt.trim(), LETTERS_PER_LINE), `${operation} by ${provider}`];
  const top = BLOCKS_PER_SIDE - (lines.length + 1) * LINE_HEIGHT;
  const texts = lines.map((line, index) =>
    `<text x="1" y="${top + (index + 1) * LINE_HEIGHT}" font-family="monospace" ` +
    `font-size="0.8" fill="#ffffff">${escape(line)}</text>`
  );
  return `<rect x="0.5" y="${top}" width="15" height="${lines.length + 0.5}" fill="#141418"/>` +
    texts.join("");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
