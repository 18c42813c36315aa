import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PickedFile } from "../request/draft.ts";
import { maskPng, readMask, showMask } from "./mask_images.ts";
import type { Point, Size } from "./mask_raster.ts";
import { MaskWork } from "./mask_work.ts";

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
    let isCurrent = true;
    opened(mask, size).then((found) => {
      if (!isCurrent) return;
      if (typeof found === "string") return refuse(found);
      work.current = found;
      show();
    });
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

/** A mask that was made elsewhere, to be painted on; or why it cannot be used. */
async function opened(mask: PickedFile | undefined, size: Size): Promise<MaskWork | string> {
  if (mask?.kind !== "local") return new MaskWork(size);
  try {
    const start = await readMask(mask.blob, size);
    if (start) return new MaskWork(size, start, mask);
    return `Must be ${size.width}x${size.height} like the image`;
  } catch {
    return "This browser cannot read the mask; choose a PNG";
  }
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}
