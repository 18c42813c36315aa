import type { JSX } from "preact";
import { drawingAddress } from "../samples/draw_picture.ts";
import { type Sample, samplesOf } from "../samples/samples.ts";

interface SampleRowProps {
  readonly operation: string;
  readonly onChoose: (sample: Sample) => void;
}

/** Something to begin with, in one click. */
export function SampleRow({ operation, onChoose }: SampleRowProps): JSX.Element | null {
  const samples = samplesOf(operation);
  if (samples.length === 0) return null;
  return (
    <div class="samples" role="group" aria-label="Samples to begin with">
      <span class="hint" aria-hidden="true">Try</span>
      {samples.map((sample) => {
        const [drawing] = Object.values(sample.drawings ?? {});
        return (
          <button
            key={sample.name}
            type="button"
            class="sample"
            onClick={() => onChoose(sample)}
          >
            {drawing !== undefined && <img src={drawingAddress(drawing)} alt="" />}
            {sample.name}
          </button>
        );
      })}
    </div>
  );
}
