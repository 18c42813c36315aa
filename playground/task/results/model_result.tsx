import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Asset, promptOf, type Task } from "../task.ts";
import { OPERATION_NAMES } from "../../operations/words.ts";
import { DownloadLink } from "./download_link.tsx";
import { FactList } from "./fact_list.tsx";
import { ModelViewer } from "./model_viewer.tsx";
import { NextUseLinks } from "./next_use_links.tsx";

interface ModelResultProps {
  readonly task: Task;
  readonly asset: Asset;
  readonly index: number;
}

/** A model that can be turned, with its dimensions and what to do with it. */
export function ModelResult({ task, asset, index }: ModelResultProps): JSX.Element {
  const [isTurning, setTurning] = useState(() =>
    !matchMedia("(prefers-reduced-motion: reduce)").matches
  );
  return (
    <div class="stack task-result">
      <ModelViewer
        url={asset.url}
        poster={task.previewUrl}
        alt={`3D model: ${promptOf(task) ?? OPERATION_NAMES[task.operation]}`}
        isTurning={isTurning}
      />
      <NextUseLinks task={task} index={index} />
      <div class="row">
        <DownloadLink task={task} index={index} />
        <label class="row switch">
          <input
            type="checkbox"
            checked={isTurning}
            onChange={({ currentTarget }) => setTurning(currentTarget.checked)}
          />
          Turntable
        </label>
      </div>
      <FactList asset={asset} />
    </div>
  );
}
