/**
 * How large the pictures are that are made after an aspect ratio.
 *
 * @module
 */
import type { AspectRatio } from "./fields.ts";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const GRID = 16;

/**
 * About so many times 1024x1024 pixels in a ratio. The service does not document its sizes, only how
 * many pixels they have.
 */
export function sizeOfRatio(ratio: AspectRatio, megapixels: number): Size {
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  const unit = Math.sqrt((megapixels * 1024 * 1024) / (across * down));
  return { width: toGrid(across * unit), height: toGrid(down * unit) };
}

function toGrid(length: number): number {
  return Math.round(length / GRID) * GRID;
}
