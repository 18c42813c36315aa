import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { NumberControl as Control } from "../operations/controls.ts";
import { hintOf, labelOf } from "../operations/words.ts";
import { FieldNotes } from "./field_notes.tsx";
import type { FieldState } from "./field_state.ts";

type Props = FieldState & { readonly control: Control };

/** A slider cannot be set exactly where it has more places than that. */
const PLACES = 1_000;

/** A number: a slider within near limits, else digits. */
export function NumberControl(props: Props): JSX.Element {
  const { minimum = -Infinity, maximum = Infinity, isWhole } = props.control;
  const isNear = isWhole ? maximum - minimum <= PLACES : maximum - minimum <= 100;
  return isNear ? <Slider {...props} /> : <Digits {...props} />;
}

function Slider({ control, value, onChange, problem, warnings }: Props): JSX.Element {
  const { name, minimum = 0, maximum = 1, isWhole, default: preset } = control;
  const id = useId();
  const number = value ?? preset;
  return (
    <div class="field slider">
      <div class="label-row">
        <label for={id}>{labelOf(name)}</label>
        <output for={id}>{number ?? "Automatic"}</output>
        {value !== undefined && (
          <button
            type="button"
            class="quiet small"
            onClick={() => onChange(undefined)}
          >
            Reset<span class="visually-hidden">{labelOf(name)}</span>
          </button>
        )}
      </div>
      <input
        id={id}
        data-field={name}
        type="range"
        min={minimum}
        max={maximum}
        step={isWhole ? 1 : (maximum - minimum) / 100}
        value={Number(number ?? (minimum + maximum) / 2)}
        aria-describedby={`${id}-notes`}
        aria-valuetext={String(number ?? "Automatic")}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <FieldNotes id={`${id}-notes`} hint={hintOf(control)} problem={problem} warnings={warnings} />
    </div>
  );
}

function Digits({ control, value, onChange, problem, warnings }: Props): JSX.Element {
  const { name, minimum, maximum, default: preset } = control;
  const id = useId();
  const range = [minimum, maximum].map((limit) => limit?.toLocaleString("en") ?? "…").join(" to ");
  return (
    <div class="field">
      <label for={id}>{labelOf(name)}</label>
      <input
        id={id}
        data-field={name}
        inputMode="numeric"
        placeholder={preset === undefined ? `Automatic (${range})` : String(preset)}
        value={String(value ?? "")}
        aria-describedby={`${id}-notes`}
        aria-invalid={problem !== undefined}
        onInput={(event) => onChange(event.currentTarget.value.trim() || undefined)}
      />
      <FieldNotes id={`${id}-notes`} hint={hintOf(control)} problem={problem} warnings={warnings} />
    </div>
  );
}
