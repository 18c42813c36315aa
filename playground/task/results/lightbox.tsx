import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Task } from "../task.ts";
import { imageWords } from "./image_results.tsx";

interface LightboxProps {
  readonly task: Task;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onClose: () => void;
}

/** An image as large as the window. Arrow keys go on, Escape ends it. */
export function Lightbox({ task, chosen, onChoose, onClose }: LightboxProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const count = task.assets.length;
  const go = (step: number): void => onChoose((chosen + step + count) % count);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === "ArrowLeft") go(-1);
    if (key === "ArrowRight") go(1);
  };
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label="Image"
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <img src={task.assets[chosen]?.url} alt={imageWords(task, chosen)} />
      <div class="row lightbox-bar">
        {count > 1 && (
          <>
            <button type="button" class="icon" aria-label="Previous" onClick={() => go(-1)}>
              ←
            </button>
            <span role="status">{chosen + 1} of {count}</span>
            <button type="button" class="icon" aria-label="Next" onClick={() => go(1)}>→</button>
          </>
        )}
        <button type="button" onClick={() => dialog.current?.close()}>Close</button>
      </div>
    </dialog>
  );
}
