import type { JSX } from "preact";

interface FieldNotesProps {
  readonly id: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly warnings?: readonly string[];
}

/** What helps with a field, what is wrong with it, and what becomes of it. */
export function FieldNotes({ id, hint, problem, warnings = [] }: FieldNotesProps): JSX.Element {
  return (
    <div id={id} class="notes">
      {hint && <p class="hint">{hint}</p>}
      {problem && <p class="field-problem">{problem}</p>}
      {warnings.map((warning) => <p key={warning} class="field-warning">{warning}</p>)}
    </div>
  );
}
