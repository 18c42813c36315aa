import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { ChoiceControl as Control } from "../operations/controls.ts";
import { hintOf, labelOf, optionLabel } from "../operations/words.ts";
import { FieldNotes } from "./field_notes.tsx";
import type { FieldState } from "./field_state.ts";

/** More characters than that are a list to open, not a row of chips: words are read faster than codes. */
const MOST_WORDS = 190;
const MOST_CODES = 60;

/** One of several options: chips, or a list where there are too many. */
export function ChoiceControl(props: FieldState & { readonly control: Control }): JSX.Element {
  const { options } = props.control;
  const labels = options.map(optionLabel);
  const words = labels.filter((label) => /^[A-Z][a-z ]+$/.test(label));
  const most = words.length > labels.length / 2 ? MOST_WORDS : MOST_CODES;
  return labels.join("").length > most ? <List {...props} /> : <Chips {...props} />;
}

type Props = FieldState & { readonly control: Control };

function Chips({ control, value, onChange, problem, warnings }: Props): JSX.Element {
  const { name, options, isRequired } = control;
  const id = useId();
  const chosen = value ?? control.default;
  const isOpen = control.default === undefined && !isRequired;
  return (
    <fieldset class="field chips" data-field={name} aria-describedby={`${id}-notes`}>
      <legend>{labelOf(name)}</legend>
      <div class="chip-row">
        {isOpen && (
          <Chip
            group={id}
            isChosen={chosen === undefined}
            onChoose={() => onChange(undefined)}
          >
            Automatic
          </Chip>
        )}
        {options.map((option) => (
          <Chip
            key={option}
            group={id}
            isChosen={chosen === option}
            onChoose={() => onChange(option === control.default ? undefined : option)}
          >
            {optionLabel(option)}
          </Chip>
        ))}
      </div>
      <FieldNotes id={`${id}-notes`} hint={hintOf(control)} problem={problem} warnings={warnings} />
    </fieldset>
  );
}

interface ChipProps {
  readonly group: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function Chip({ group, isChosen, onChoose, children }: ChipProps): JSX.Element {
  return (
    <label class="chip">
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}

function List({ control, value, onChange, problem, warnings }: Props): JSX.Element {
  const { name, options } = control;
  const id = useId();
  const chosen = options.indexOf(value === undefined ? NaN : value as string | number);
  const preset = control.default;
  return (
    <div class="field">
      <label for={id}>{labelOf(name)}</label>
      <select
        id={id}
        data-field={name}
        value={String(chosen)}
        aria-describedby={`${id}-notes`}
        onChange={(event) => onChange(options[Number(event.currentTarget.value)])}
      >
        <option value="-1">
          {preset === undefined ? "Automatic" : `${optionLabel(preset)} (usual)`}
        </option>
        {options.map((option, index) =>
          option === preset
            ? null
            : <option key={option} value={String(index)}>{optionLabel(option)}</option>
        )}
      </select>
      <FieldNotes id={`${id}-notes`} hint={hintOf(control)} problem={problem} warnings={warnings} />
    </div>
  );
}
