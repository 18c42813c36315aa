import { type Generation, MakeIt3DError } from "@makeit3d/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { BILLED } from "./timeline.ts";

interface CancelButtonProps {
  readonly generation: Generation;
  /** Hears what came of it, in words for the user. */
  readonly onDone: (told: string) => void;
}

/** Ends a task that has no result yet. */
export function CancelButton({ generation, onDone }: CancelButtonProps): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const cancel = async (): Promise<void> => {
    setBusy(true);
    onDone(await cancelInWords(generation));
    setBusy(false);
  };
  return (
    <button type="button" disabled={isBusy} onClick={cancel}>
      {isBusy ? "Canceling…" : "Cancel"}
    </button>
  );
}

async function cancelInWords(generation: Generation): Promise<string> {
  try {
    const { billed } = await generation.cancel();
    return `Canceled. ${BILLED[billed]}.`;
  } catch (error) {
    if (error instanceof MakeIt3DError && error.code === "task_is_final") {
      return "It was too late to cancel: it had ended already.";
    }
    return `Not canceled: ${error instanceof Error ? error.message : error}`;
  }
}
