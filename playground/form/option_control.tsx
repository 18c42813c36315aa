import type { JSX } from "preact";
import type { OptionControl as Control } from "../operations/forms.ts";
import { ChoiceControl } from "./choice_control.tsx";
import type { FieldState } from "./field_state.ts";
import { NumberControl } from "./number_control.tsx";
import { SwitchControl } from "./switch_control.tsx";
import { TextControl } from "./text_control.tsx";

/** A parameter that may be left alone. */
export function OptionControl(
  { control, ...state }: FieldState & { readonly control: Control },
): JSX.Element {
  switch (control.kind) {
    case "text":
      return <TextControl control={control} {...state} />;
    case "choice":
      return <ChoiceControl control={control} {...state} />;
    case "number":
      return <NumberControl control={control} {...state} />;
    case "switch":
      return <SwitchControl control={control} {...state} />;
  }
}
