import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { PickedFile } from "../request/draft.ts";
import { MaskCanvas } from "./mask_canvas.tsx";
import type { Size } from "./mask_raster.ts";
import { type Brush, MaskTools } from "./mask_tools.tsx";
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
  const [brush, setBrush] = useState<Brush>({ percent: 8, isEraser: false });
  const control = useMask({ size, mask, onChange, onRefuse: setRefusal });
  const open = (file: File): void => {
    setRefusal(undefined);
    onChange({ kind: "local", name: file.name, blob: file });
  };
  return (
    <div class="mask">
      <div class="mask-picture" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        <img src={picture} alt="" />
        <MaskCanvas size={size} brush={brush} control={control} helpId={`${id}-help`} />
      </div>
      <p id={`${id}-help`} class="hint">
        Paint over what is to change. With the keyboard: arrow keys move the brush, Space paints.
      </p>
      <MaskTools
        brush={brush}
        isEmpty={!mask}
        control={control}
        onBrush={setBrush}
        onOpen={open}
      />
      {refusal && <p role="alert" class="field-problem">{refusal}</p>}
    </div>
  );
}
