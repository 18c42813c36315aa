import type { JSX, TargetedEvent, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useId, useState } from "preact/hooks";
import type { PickedFile } from "../request/draft.ts";
import type { Point, Size } from "./mask_raster.ts";
import { useMask } from "./use_mask.ts";

interface MaskPainterProps {
  readonly picture: string;
  readonly size: Size;
  readonly mask: PickedFile | undefined;
  readonly onChange: (mask: PickedFile | undefined) => void;
}

/** A brush over the picture, for pointers, fingers and keys; or a mask that was made elsewhere. */
export function MaskPainter({ picture, size, mask, onChange }: MaskPainterProps): JSX.Element {
  const id = useId();
  const [refusal, setRefusal] = useState<string>();
  const [brush, setBrush] = useState(8);
  const [isEraser, setEraser] = useState(false);
  const [cursor, setCursor] = useState<Point>();
  const control = useMask({ size, mask, onChange, onRefuse: setRefusal });
  const radius = (brush / 200) * Math.max(size.width, size.height);

  const paintAt = (event: TargetedPointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = size.width / box.width;
    const point = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
    control.paint(point, radius, isEraser);
  };
  const press = (event: TargetedKeyboardEvent<HTMLCanvasElement>): void => {
    const at = cursor ?? { x: size.width / 2, y: size.height / 2 };
    if (event.key === " ") {
      control.paint(at, radius, isEraser);
      control.lift();
    }
    const moved = movedBy(event.key, at, radius, size);
    if (moved) setCursor(moved);
    if (moved || event.key === " ") event.preventDefault();
  };
  const open = (event: TargetedEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    if (file) onChange({ kind: "local", name: file.name, blob: file });
    setRefusal(undefined);
    event.currentTarget.value = "";
  };

  return (
    <div class="mask">
      <div class="mask-picture" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        <img src={picture} alt="" />
        <canvas
          ref={control.canvas}
          width={size.width}
          height={size.height}
          tabIndex={0}
          role="application"
          aria-label="Mask over the picture"
          aria-describedby={`${id}-help`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            paintAt(event);
          }}
          onPointerMove={(event) => event.buttons > 0 && paintAt(event)}
          onPointerUp={control.lift}
          onPointerCancel={control.lift}
          onKeyDown={press}
          onFocus={() => setCursor((known) => known ?? { x: size.width / 2, y: size.height / 2 })}
          onBlur={() => setCursor(undefined)}
        />
        {cursor && (
          <span
            class="mask-cursor"
            style={{
              left: `${(100 * cursor.x) / size.width}%`,
              top: `${(100 * cursor.y) / size.height}%`,
              width: `${(200 * radius) / size.width}%`,
            }}
          />
        )}
      </div>
      <p id={`${id}-help`} class="hint">
        Paint over what is to change. With the keyboard: arrow keys move the brush, Space paints.
      </p>
      <div class="row mask-tools">
        <label class="brush">
          Brush
          <input
            type="range"
            min={1}
            max={30}
            value={brush}
            onInput={(event) => setBrush(Number(event.currentTarget.value))}
          />
        </label>
        <button
          type="button"
          class="small"
          aria-pressed={isEraser}
          onClick={() => setEraser(!isEraser)}
        >
          Eraser
        </button>
        <button type="button" class="small" disabled={!control.canUndo} onClick={control.undo}>
          Undo
        </button>
        <button type="button" class="small" onClick={() => control.apply("invert")}>Invert</button>
        <button type="button" class="small" disabled={!mask} onClick={() => control.apply("clear")}>
          Clear
        </button>
        <label class="button small">
          <input type="file" class="visually-hidden" accept="image/png" onChange={open} />
          Open a mask…
        </label>
      </div>
      {refusal && <p role="alert" class="field-problem">{refusal}</p>}
    </div>
  );
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
