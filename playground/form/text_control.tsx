import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { lengthOf } from "../request/length_of.ts";
import type { TextControl as Control } from "../operations/controls.ts";
import { hintOf, labelOf } from "../operations/words.ts";
import { countText } from "../shell/amounts.ts";
import { FieldNotes } from "./field_notes.tsx";
import type { FieldState } from "./field_state.ts";

interface TextControlProps extends FieldState {
  readonly control: Control;
  readonly label?: string;
  readonly placeholder?: string;
  /** Whether it is the request's main words. */
  readonly isLarge?: boolean;
}

/** A longer text has lines. */
const LINE = 200;

/** Words, with how many of them are possible. */
export function TextControl(props: TextControlProps): JSX.Element {
  const { control, value, onChange, problem, warnings, placeholder, isLarge } = props;
  const { name, isRequired, maxLength = 0 } = control;
  const id = useId();
  const text = String(value ?? "");
  const hint = hintOf(control);
  // What is wrong may say the same.
  const isTold = problem?.toLowerCase().includes(hint.toLowerCase()) ?? false;
  // Blanks at the end are not sent.
  const length = lengthOf(text.trim());
  const shared = {
    id,
    "data-field": name,
    value: text,
    placeholder,
    "aria-describedby": `${id}-notes`,
    "aria-invalid": problem !== undefined,
    "aria-required": isRequired,
    onInput: (event: { currentTarget: { value: string } }) =>
      onChange(event.currentTarget.value || undefined),
  };
  return (
    <div class={`field ${isLarge ? "prompt" : ""} ${isRequired ? "required" : ""}`}>
      <div class="label-row">
        <label for={id}>
          {props.label ?? labelOf(name)}
          {!isRequired && isLarge && <span class="muted optional">optional</span>}
        </label>
        {maxLength > 0 && (isLarge || length > maxLength / 2) && (
          <Counter length={length} maxLength={maxLength} />
        )}
      </div>
      {maxLength > LINE
        ? <textarea rows={isLarge && isRequired ? 4 : 2} {...shared} />
        : <input {...shared} />}
      <FieldNotes
        id={`${id}-notes`}
        hint={isLarge || isTold ? "" : hint}
        problem={problem}
        warnings={warnings}
      />
    </div>
  );
}

function Counter(
  { length, maxLength }: { readonly length: number; readonly maxLength: number },
): JSX.Element {
  return (
    <span class={`counter ${length > maxLength ? "over" : "muted"}`}>
      {countText(length)} / {countText(maxLength)}
      <span class="visually-hidden">characters</span>
    </span>
  );
}
