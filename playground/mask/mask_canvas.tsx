import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useState } from "preact/hooks";
import type { Point, Size } from "./mask_raster.ts";
import type { Brush } from "./mask_tools.tsx";
import type { MaskControl } from "./use_mask.ts";

interface MaskCanvasProps {
  readonly size: Size;
  readonly brush: Brush;
  readonly control: MaskControl;
  readonly helpId: string;
}

/** What is painted, over the picture. The brush of the keyboard is seen while it is in use. */
export function MaskCanvas({ size, brush, control, helpId }: MaskCanvasProps): JSX.Element {
  const [cursor, setCursor] = useState<Point>();
  const middle = { x: size.width / 2, y: size.height / 2 };
  const radius = (brush.percent / 200) * Math.max(size.width, size.height);

  const paintAt = (event: TargetedPointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = size.width / box.width;
    const point = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
    control.paint(point, radius, brush.isEraser);
  };
  const press = (event: TargetedKeyboardEvent<HTMLCanvasElement>): void => {
    const at = cursor ?? middle;
    const moved = movedBy(event.key, at, radius, size);
    if (moved) setCursor(moved);
    else if (event.key === " ") {
      control.paint(at, radius, brush.isEraser);
      control.lift();
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <canvas
        ref={control.canvas}
        width={size.width}
        height={size.height}
        tabIndex={0}
        role="application"
        aria-label="Mask over the picture"
        aria-describedby={helpId}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          paintAt(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && paintAt(event)}
        onPointerUp={control.lift}
        onPointerCancel={control.lift}
        onKeyDown={press}
        onBlur={() => setCursor(undefined)}
      />
      {cursor && <Cursor at={cursor} radius={radius} size={size} />}
    </>
  );
}

interface CursorProps {
  readonly at: Point;
  readonly radius: number;
  readonly size: Size;
}

function Cursor({ at, radius, size }: CursorProps): JSX.Element {
  const style = {
    left: `${(100 * at.x) / size.width}%`,
    top: `${(100 * at.y) / size.height}%`,
    width: `${(200 * radius) / size.width}%`,
  };
  return <span class="mask-cursor" style={style} />;
}

/** Where an arrow key moves the brush to; undefined for other keys. */
function movedBy(key: string, { x, y }: Point, step: number, size: Size): Point | undefined {
  const within = (value: number, end: number): number => Math.max(0, Math.min(end, value));
  switch (key) {
    case "ArrowLeft":
      return { x: within(x - step, size.width), y };
    case "ArrowRight":
      return { x: within(x + step, size.width), y };
    case "ArrowUp":
      return { x, y: within(y - step, size.height) };
    case "ArrowDown":
      return { x, y: within(y + step, size.height) };
  }
}
