import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface ConfirmDialogProps {
  readonly title: string;
  readonly confirm: string;
  /** What no is called. */
  readonly keep?: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks once more before what cannot be undone. Escape is no. */
export function ConfirmDialog(
  { title, confirm, keep = "Keep it", isBusy, onConfirm, onClose, children }: ConfirmDialogProps,
): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="dialog stack" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      <div>{children}</div>
      <div class="row">
        <button type="button" onClick={() => dialog.current?.close()}>{keep}</button>
        <button type="button" class="danger" disabled={isBusy} onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
