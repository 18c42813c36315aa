import type { JSX } from "preact";
import type { Control } from "../operations/controls.ts";
import { ChoiceControl } from "./choice_control.tsx";
import type { FieldState } from "./field_state.ts";
import { NumberControl } from "./number_control.tsx";
import { SwitchControl } from "./switch_control.tsx";
import { TextControl } from "./text_control.tsx";

/** A parameter that may be left alone. */
export type OptionControlOf = Exclude<Control, { kind: "file" }>;

export function OptionControl(
  { control, ...state }: FieldState & { readonly control: OptionControlOf },
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
