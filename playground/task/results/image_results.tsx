import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { promptOf, type Task } from "../task.ts";
import { OPERATION_NAMES } from "../../operations/words.ts";
import { DownloadLink } from "./download_link.tsx";
import { FactList } from "./fact_list.tsx";
import { Lightbox } from "./lightbox.tsx";
import { NextUseLinks } from "./next_use_links.tsx";

/** The images of a task: one large, the others to choose, and what to do with the chosen one. */
export function ImageResults({ task }: { readonly task: Task }): JSX.Element | null {
  const [chosen, choose] = useState(0);
  const [isLarge, setLarge] = useState(false);
  const asset = task.assets[chosen];
  if (!asset) return null;
  const alt = imageWords(task, chosen);
  return (
    <div class="stack task-result">
      <button
        type="button"
        class="result-image"
        aria-label={`Show large: ${alt}`}
        onClick={() => setLarge(true)}
      >
        <img src={asset.url} alt={alt} width={asset.width} height={asset.height} />
      </button>
      {task.assets.length > 1 && <Choices task={task} chosen={chosen} onChoose={choose} />}
      <NextUseLinks task={task} index={chosen} />
      <div class="row">
        <DownloadLink task={task} index={chosen} />
        <FactList asset={asset} />
      </div>
      {isLarge && (
        <Lightbox
          task={task}
          chosen={chosen}
          onChoose={choose}
          onClose={() => setLarge(false)}
        />
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly task: Task;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

function Choices({ task, chosen, onChoose }: ChoicesProps): JSX.Element {
  return (
    <div class="choices" role="group" aria-label="Images">
      {task.assets.map(({ url }, index) => (
        <button
          key={url}
          type="button"
          aria-pressed={index === chosen}
          onClick={() => onChoose(index)}
        >
          <img src={url} alt={imageWords(task, index)} loading="lazy" />
        </button>
      ))}
    </div>
  );
}

/** What an image shows, as far as words for it are known. */
export function imageWords(task: Task, index: number): string {
  const subject = promptOf(task) ?? OPERATION_NAMES[task.operation];
  return task.assets.length > 1
    ? `${subject} (image ${index + 1} of ${task.assets.length})`
    : subject;
}
