import type { PickedFile } from "../request/draft.ts";
import { type Area, MaskRaster, type MaskStep, type Point, type Size } from "./mask_raster.ts";

/** A mask with what was done to it since it was opened. */
export class MaskWork {
  raster: MaskRaster;
  readonly steps: MaskStep[] = [];
  #points: Point[] = [];
  #brush = { radius: 1, isEraser: false };

  constructor(
    readonly size: Size,
    readonly start?: Uint8Array,
    /** The file of it as it is now. */
    public made?: PickedFile,
  ) {
    this.raster = new MaskRaster(size, start);
  }

  paint(point: Point, radius: number, isEraser: boolean): Area {
    const before = this.#points.at(-1) ?? point;
    this.#points.push(point);
    this.#brush = { radius, isEraser };
    return this.raster.paintLine(before, point, radius, isEraser);
  }

  /** Whether there was a stroke. */
  lift(): boolean {
    if (this.#points.length === 0) return false;
    this.steps.push({ points: this.#points, ...this.#brush });
    this.#points = [];
    return true;
  }

  apply(step: MaskStep): void {
    this.raster.apply(step);
    this.steps.push(step);
  }

  undo(): void {
    this.steps.pop();
    this.raster = new MaskRaster(this.size, this.start);
    for (const step of this.steps) this.raster.apply(step);
  }
}
