import type { JSX } from "preact";
import { isModel, type Task } from "../task.ts";
import { ImageResults } from "./image_results.tsx";
import { ModelResult } from "./model_result.tsx";

/** What a task that is complete has made. */
export function Results({ task }: { readonly task: Task }): JSX.Element {
  if (task.reported) return <p class="warning">The result is hidden: you have reported it.</p>;
  if (task.assets.length === 0) return <p class="muted">The result is not there any more.</p>;
  const models = task.assets.map((asset, index) => ({ asset, index }))
    .filter(({ asset }) => isModel(asset));
  if (models.length === 0) return <ImageResults task={task} />;
  return (
    <>
      {models.map(({ asset, index }) => (
        <ModelResult key={asset.url} task={task} asset={asset} index={index} />
      ))}
    </>
  );
}
