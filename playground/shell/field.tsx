import type { InputHTMLAttributes, JSX } from "preact";
import { useId } from "preact/hooks";

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly hint?: string;
};

/** One line of text, with its label above and what helps below. */
export function Field({ label, hint, ...input }: FieldProps): JSX.Element {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} {...(hint && { "aria-describedby": hintId })} {...input} />
      {hint && <p id={hintId} class="hint">{hint}</p>}
    </div>
  );
}
