import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PickedFile } from "../request/draft.ts";
import { maskPng, readMask, showMask } from "./mask_images.ts";
import { MaskRaster, type MaskStep, type Point, type Size } from "./mask_raster.ts";

export interface MaskControl {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly canUndo: boolean;
  /** Paints on while the pointer is down; the mask is made when it is lifted. */
  readonly paint: (point: Point, radius: number, isEraser: boolean) => void;
  readonly lift: () => void;
  readonly apply: (step: "invert" | "clear") => void;
  readonly undo: () => void;
}

interface MaskOptions {
  /** The picture's, in pixels. */
  readonly size: Size;
  readonly mask: PickedFile | undefined;
  readonly onChange: (mask: PickedFile | undefined) => void;
  readonly onRefuse: (reason: string) => void;
}

/** A mask under the brush, and the file of it. */
export function useMask({ size, mask, onChange, onRefuse }: MaskOptions): MaskControl {
  const canvas = useRef<HTMLCanvasElement>(null);
  const work = useRef(new MaskWork(size));
  const [canUndo, setCanUndo] = useState(false);
  const refuse = (reason: string): void => {
    onChange(undefined);
    onRefuse(reason);
  };

  const show = (): void => {
    const context = canvas.current?.getContext("2d");
    if (context) showMask(context, work.current.raster);
    setCanUndo(work.current.steps.length > 0);
  };
  const make = async (): Promise<void> => {
    const current = work.current;
    const { raster } = current;
    const made: PickedFile | undefined = raster.isEmpty
      ? undefined
      : { kind: "local", name: "mask.png", blob: await maskPng(raster) };
    // Painted on meanwhile: the next one is made then.
    if (current !== work.current) return;
    current.made = made;
    onChange(made);
  };

  useEffect(() => {
    if (mask === work.current.made && isSame(size, work.current.raster.size)) return;
    work.current = new MaskWork(size);
    show();
    if (mask?.kind !== "local") return;
    let isCurrent = true;
    readMask(mask.blob, size).then((start) => {
      if (!isCurrent) return;
      if (!start) return refuse(`Must be ${size.width}x${size.height} like the image`);
      work.current = new MaskWork(size, start, mask);
      show();
    }, () => refuse("This browser cannot read the mask; choose a PNG"));
    return () => {
      isCurrent = false;
    };
  }, [mask, size.width, size.height]);

  return {
    canvas,
    canUndo,
    paint: (point, radius, isEraser) => {
      const area = work.current.paint(point, radius, isEraser);
      const context = canvas.current?.getContext("2d");
      if (context) showMask(context, work.current.raster, area);
    },
    lift: () => {
      if (!work.current.lift()) return;
      setCanUndo(true);
      make();
    },
    apply: (step) => {
      work.current.apply(step);
      show();
      make();
    },
    undo: () => {
      work.current.undo();
      show();
      make();
    },
  };
}

/** A mask with what was done to it since it was opened. */
class MaskWork {
  raster: MaskRaster;
  readonly steps: MaskStep[] = [];
  #points: Point[] = [];
  #brush = { radius: 1, isEraser: false };

  constructor(
    readonly size: Size,
    readonly start?: Uint8Array,
    public made?: PickedFile,
  ) {
    this.raster = new MaskRaster(size, start);
  }

  paint(point: Point, radius: number, isEraser: boolean): ReturnType<MaskRaster["paintLine"]> {
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

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}
