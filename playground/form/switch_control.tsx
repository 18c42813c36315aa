import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { SwitchControl as Control } from "../operations/controls.ts";
import { hintOf, labelOf } from "../operations/words.ts";
import { FieldNotes } from "./field_notes.tsx";
import type { FieldState } from "./field_state.ts";

/** Yes or no. */
export function SwitchControl(
  { control, value, onChange, problem, warnings }: FieldState & { readonly control: Control },
): JSX.Element {
  const { name, default: preset } = control;
  const id = useId();
  const change = (isOn: boolean): void => onChange(isOn === preset ? undefined : isOn);
  return (
    <div class="field switch">
      <label>
        <input
          type="checkbox"
          role="switch"
          data-field={name}
          checked={Boolean(value ?? preset)}
          aria-describedby={`${id}-notes`}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <span>{labelOf(name)}</span>
      </label>
      <FieldNotes id={`${id}-notes`} hint={hintOf(control)} problem={problem} warnings={warnings} />
    </div>
  );
}
