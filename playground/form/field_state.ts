import type { Value } from "../request/draft.ts";

/** What a control shows, and whom it tells. */
export interface FieldState {
  readonly value: Value | undefined;
  /** Undefined takes the value back: the backend decides. */
  readonly onChange: (value: Value | undefined) => void;
  readonly problem: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Moves the focus into a field, by the name that its element has in `data-field`. The fold that it is
 * in is opened for it.
 */
export function focusField(field: string): void {
  const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const fold = place?.closest("details");
  if (fold) fold.open = true;
  const inner = place?.matches("input, textarea, select")
    ? place
    : place?.querySelector<HTMLElement>(
      "input:checked, textarea, select, input, button",
    );
  inner?.focus();
}
