import type { JSX, TargetedEvent } from "preact";
import type { MaskControl } from "./use_mask.ts";

export interface Brush {
  /** Its width, by the longer side of the picture. */
  readonly percent: number;
  readonly isEraser: boolean;
}

interface MaskToolsProps {
  readonly brush: Brush;
  readonly isEmpty: boolean;
  readonly control: MaskControl;
  readonly onBrush: (brush: Brush) => void;
  readonly onOpen: (file: File) => void;
}

/** What there is beside the brush itself. */
export function MaskTools(props: MaskToolsProps): JSX.Element {
  const { brush, isEmpty, control, onBrush, onOpen } = props;
  const { percent, isEraser } = brush;
  const open = (event: TargetedEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    if (file) onOpen(file);
    // The same file may be chosen again.
    event.currentTarget.value = "";
  };
  return (
    <div class="row mask-tools">
      <label class="brush">
        Brush
        <input
          type="range"
          min={1}
          max={30}
          value={percent}
          onInput={(event) => onBrush({ ...brush, percent: Number(event.currentTarget.value) })}
        />
      </label>
      <button
        type="button"
        class="small"
        aria-pressed={isEraser}
        onClick={() => onBrush({ ...brush, isEraser: !isEraser })}
      >
        Eraser
      </button>
      <button type="button" class="small" disabled={!control.canUndo} onClick={control.undo}>
        Undo
      </button>
      <button type="button" class="small" onClick={() => control.apply("invert")}>Invert</button>
      <button
        type="button"
        class="small"
        disabled={isEmpty}
        onClick={() => control.apply("clear")}
      >
        Clear
      </button>
      <label class="button small">
        <input type="file" class="visually-hidden" accept="image/png" onChange={open} />
        Open a mask…
      </label>
    </div>
  );
}
