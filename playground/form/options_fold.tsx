import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OptionControl as Control } from "../operations/forms.ts";
import { countOf } from "../shell/amounts.ts";
import { OptionControl } from "./option_control.tsx";
import type { FieldState } from "./field_state.ts";

interface OptionsFoldProps {
  readonly controls: readonly Control[];
  readonly stateOf: (control: Control) => FieldState;
}

/** What most people leave alone. It opens by itself where something in it is wrong. */
export function OptionsFold({ controls, stateOf }: OptionsFoldProps): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const states = controls.map((control) => ({ control, state: stateOf(control) }));
  const isWrong = states.some(({ state }) => state.problem !== undefined);
  const changed = states.filter(({ state }) => state.value !== undefined).length;
  const warnings = states.reduce((count, { state }) => count + state.warnings.length, 0);
  useEffect(() => {
    if (isWrong) setOpen(true);
  }, [isWrong]);
  if (controls.length === 0) return null;
  return (
    <details
      class="options"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        Options
        <span class="hint">{changed === 0 ? "all as usual" : `${changed} changed`}</span>
        {warnings > 0 && <span class="hint warned">{countOf(warnings, "note")}</span>}
      </summary>
      <div class="option-grid">
        {states.map(({ control, state }) => (
          <OptionControl key={control.name} control={control} {...state} />
        ))}
      </div>
    </details>
  );
}
