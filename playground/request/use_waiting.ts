import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { OperationForm } from "../operations/forms.ts";
import { readBackendState, waitingWords } from "./waiting.ts";

/** What is answered by then needs no reason. */
const PATIENCE_MS = 3_000;

/** Why a form's request has no answer yet; undefined as long as that is nothing unusual. */
export function useWaiting(form: OperationForm, isWaiting: boolean): string | undefined {
  const backend = useBackend();
  const [words, setWords] = useState<string>();
  useEffect(() => {
    if (!isWaiting) return;
    let isCurrent = true;
    const ask = (): void => {
      readBackendState(backend).then(
        (state) => isCurrent && setWords(waitingWords(form, state)),
        // That nothing answers is said above the page.
        () => isCurrent && setWords(undefined),
      );
    };
    const timer = setInterval(ask, PATIENCE_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
      setWords(undefined);
    };
  }, [backend, form, isWaiting]);
  return words;
}
