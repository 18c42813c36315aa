import { bodyOf } from "./body.ts";
import { lengthOf } from "./length_of.ts";
import {
  clientName,
  type Control,
  type FileControl,
  type FileSlotName,
} from "../operations/controls.ts";
import { controlsInOrder, type OperationForm } from "../operations/forms.ts";
import { asSentence, labelOf, slotLabel } from "../operations/words.ts";
import { countText } from "../shell/amounts.ts";
import { type Draft, type Value, valueOf } from "./draft.ts";

/** One field and what is wrong with it. A file's field is its slot. */
export interface Problem {
  readonly field: string;
  readonly message: string;
  /** Nothing is there yet: to be told to whoever sends it, not to whoever begins. */
  readonly isMissing?: boolean;
}

/** Why a draft would be refused, as far as the schema tells, in the page's order. */
export function problemsOf(form: OperationForm, draft: Draft): readonly Problem[] {
  return controlsInOrder(form).flatMap((control): readonly Problem[] => {
    if (control.kind === "file") return fileProblems(control, draft);
    const value = valueOf(draft, form, control);
    const isMissing = value === undefined || String(value).trim() === "";
    const field = control.name;
    if (isMissing) {
      const isRequired = isRequiredNow(form, draft, control);
      return isRequired ? [{ field, message: missingWords(control), isMissing }] : [];
    }
    const message = problemOf(control, value);
    return message === undefined ? [] : [{ field, message }];
  });
}

/** Whether a field has to be filled in: always, or because another one is not there. */
export function isRequiredNow(form: OperationForm, draft: Draft, control: Control): boolean {
  const other = control.kind === "text" ? control.requiredWithout : undefined;
  if (control.isRequired || other === undefined) return control.isRequired;
  return bodyOf(form, draft, (slot) => slot)[other] === undefined;
}

/** That a field is empty which has to be filled in, in the words of the form. */
export function missingWords({ name, description }: Control): string {
  // What follows speaks of other fields by the API's names.
  const [what = ""] = description.split(";");
  if (what === "" || what.toLowerCase() === labelOf(name).toLowerCase()) return "Fill this in";
  return `Fill this in: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

/**
 * What the backend refuses, as problems of the form. A text that is not filled in is missing, whatever
 * the API says of it: its words name fields that the form does not have.
 */
export function refusedProblems(
  form: OperationForm,
  draft: Draft,
  refused: ReadonlyMap<string, string>,
): readonly Problem[] {
  return [...refused].map(([field, message]) => {
    const control = form.controls.find(({ name }) => name === field);
    const isMissing = control?.kind === "text" && valueOf(draft, form, control) === undefined;
    return isMissing ? { field, message: missingWords(control), isMissing } : { field, message };
  });
}

function problemOf(control: Control, value: Value): string | undefined {
  if (control.kind === "text") return textProblem(String(value), control);
  return control.kind === "number" ? numberProblem(Number(value), control) : undefined;
}

function textProblem(
  text: string,
  { maxLength = Infinity, pattern }: Extract<Control, { kind: "text" }>,
): string | undefined {
  const length = lengthOf(text.trim());
  if (length > maxLength) {
    return `Has ${countText(length)} characters; at most ${countText(maxLength)} are possible`;
  }
  if (pattern === undefined || new RegExp(pattern, "u").test(text.trim())) return undefined;
  return "Is not written as it has to be";
}

function numberProblem(
  number: number,
  { minimum = -Infinity, maximum = Infinity, isWhole }: Extract<Control, { kind: "number" }>,
): string | undefined {
  if (!Number.isFinite(number)) return "Is no number";
  if (isWhole && !Number.isInteger(number)) return "Must be a whole number";
  if (number < minimum) return `Must be at least ${countText(minimum)}`;
  return number > maximum ? `Must be at most ${countText(maximum)}` : undefined;
}

function fileProblems(control: FileControl, { files }: Draft): readonly Problem[] {
  if (!control.isRequired) return [];
  const [first] = control.slots;
  const isThere = control.slots.some((slot) => files[slot] !== undefined);
  if (isThere || first === undefined) return [];
  return [{ field: first, message: missing(first, control), isMissing: true }];
}

function missing(slot: FileSlotName, { slots }: FileControl): string {
  if (slot === "mask") return "Paint over what is to change";
  const name = slotLabel(slot, slots.length > 1).toLowerCase();
  return slots.length > 1 ? "Add at least one picture" : `Add a ${name}`;
}

/** The form's field that the API means: the slot of a file, the control of anything else. */
export function fieldOf(form: OperationForm, apiField: string): string | undefined {
  const [, name = "", index] = /^(\w+?)(?:[.[](\d+)\]?.*)?$/.exec(apiField) ?? [];
  const control = form.controls.find((one) => name === one.name || name === clientName(one.name));
  if (!control) return undefined;
  return control.kind === "file" ? control.slots[Number(index ?? 0)] : control.name;
}

/** Warnings beside the field that they name first; those of no field under an empty name. */
export function warningsByField(
  form: OperationForm,
  warnings: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const byField = new Map<string, readonly string[]>();
  for (const warning of warnings) {
    const named = warning.match(/[a-z]+(?:_[a-z]+)+(?:\.\d+)?|\b[a-z]+\b/g) ?? [];
    const field = named.map((name) => fieldOf(form, name)).find((one) => one !== undefined) ?? "";
    // Beside its field, nobody needs the API's name of it.
    const words = field === "" ? warning : asSentence(warning.replace(/^[\w.]+: /, ""));
    byField.set(field, [...byField.get(field) ?? [], words]);
  }
  return byField;
}
