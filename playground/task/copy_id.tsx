import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** The backend's id, for who looks a task up in logs or asks the operator. */
export function CopyId({ id }: { readonly id: string }): JSX.Element {
  const [told, setTold] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(id);
      setTold("Copied");
    } catch {
      // A page without TLS has no clipboard: the id stands there to be marked.
      setTold("Mark it to copy it");
    }
  };
  return (
    <p class="copy-id">
      <code title={id}>{id}</code>
      <button type="button" class="small" onClick={copy}>Copy id</button>
      <span role="status" class="hint">{told}</span>
    </p>
  );
}
