export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One line of the brush, in pixels of the picture. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly radius: number;
  /** Whether it takes paint away. */
  readonly isEraser: boolean;
}

/** What was done to a mask, in order; the last can be taken back. */
export type MaskStep = Stroke | "invert" | "clear";

/** A part of the picture, its end not in it. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * What of a picture is to change: each pixel is painted or not, so no edge is ever grey, which a canvas
 * cannot promise of its own lines.
 */
export class MaskRaster {
  /** 1: painted. Row by row. */
  readonly pixels: Uint8Array<ArrayBuffer>;

  constructor(readonly size: Size, start?: Uint8Array) {
    this.pixels = new Uint8Array(size.width * size.height);
    if (start) this.pixels.set(start);
  }

  get isEmpty(): boolean {
    return !this.pixels.includes(1);
  }

  apply(step: MaskStep): void {
    if (step === "clear") this.pixels.fill(0);
    else if (step === "invert") this.pixels.forEach((pixel, at) => this.pixels[at] = 1 - pixel);
    else this.#paint(step);
  }

  /** Paints between two points with a round brush, and tells where. */
  paintLine(from: Point, to: Point, radius: number, isEraser: boolean): Area {
    const { width, height } = this.size;
    const area = {
      left: Math.max(0, Math.floor(Math.min(from.x, to.x) - radius)),
      top: Math.max(0, Math.floor(Math.min(from.y, to.y) - radius)),
      right: Math.min(width, Math.ceil(Math.max(from.x, to.x) + radius) + 1),
      bottom: Math.min(height, Math.ceil(Math.max(from.y, to.y) + radius) + 1),
    };
    const value = isEraser ? 0 : 1;
    for (let y = area.top; y < area.bottom; y++) {
      for (let x = area.left; x < area.right; x++) {
        if (distanceSquared({ x, y }, from, to) <= radius ** 2) this.pixels[y * width + x] = value;
      }
    }
    return area;
  }

  #paint({ points, radius, isEraser }: Stroke): void {
    points.forEach((point, at) => this.paintLine(points[at - 1] ?? point, point, radius, isEraser));
  }
}

/** Of a point from a line with two ends. */
function distanceSquared(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx ** 2 + dy ** 2;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const nearest = Math.max(0, Math.min(1, along));
  return (point.x - from.x - nearest * dx) ** 2 + (point.y - from.y - nearest * dy) ** 2;
}
