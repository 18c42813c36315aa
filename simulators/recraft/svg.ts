/**
 * Draws the vector pictures that Recraft sells.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Size } from "./sizes.ts";

/** The hash's 256 bits, as a square of blocks. */
const BLOCKS_PER_SIDE = 16;

/**
 * The SHA-256 of seed and index as dark blocks on a light ground, and in words as the title.
 */
export function drawSvg({ width, height }: Size, seed: string, index: number): string {
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
    `<path fill="#${hash.toString("hex", 0, 3)}" d="${blocks.join("")}"/></svg>\n`;
}
