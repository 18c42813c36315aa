import type { Control, FileSlotName } from "../operations/controls.ts";
import type { FileFacts } from "../operations/file_limits.ts";
import type { OperationForm } from "../operations/forms.ts";

export type Value = string | number | boolean;

/** A file that somebody has chosen: of this device, or one that is stored already. */
export type PickedFile =
  | {
    readonly kind: "local";
    readonly name: string;
    readonly blob: Blob;
  }
  | {
    readonly kind: "stored";
    readonly name: string;
    readonly url: string;
    readonly facts: FileFacts | undefined;
    /** A picture of it, where it is none itself. */
    readonly previewUrl?: string | undefined;
    /** The task whose result it is. */
    readonly taskId?: string | undefined;
    /** That task at its provider, who may go on from there without the file. */
    readonly providerTask?: { readonly provider: string; readonly id: string } | undefined;
  };

export type PickedFiles = { readonly [Slot in FileSlotName]?: PickedFile };

/** What is typed and chosen, for all forms: who changes the operation or provider loses nothing. */
export interface Draft {
  /** By `valueKey`; views keep choices of their own beside them, under names with a space. */
  readonly values: Readonly<Record<string, Value>>;
  readonly files: PickedFiles;
}

export const EMPTY_DRAFT: Draft = { values: {}, files: {} };

/** Words are the user's own and go along; options mean something else with each provider. */
const SHARED = ["prompt", "negative_prompt", "select_prompt"];

/** Under which name a draft keeps the value of a control. */
export function valueKey({ operation, provider }: OperationForm, { name }: Control): string {
  return SHARED.includes(name) ? name : `${operation} ${provider} ${name}`;
}

/** What was typed or chosen; undefined: nothing, the backend decides. */
export function valueOf(draft: Draft, form: OperationForm, control: Control): Value | undefined {
  const value = draft.values[valueKey(form, control)];
  return value === "" ? undefined : value;
}

/** The draft with another value; undefined takes it back. */
export function withValue(
  draft: Draft,
  form: OperationForm,
  control: Control,
  value: Value | undefined,
): Draft {
  const { [valueKey(form, control)]: _, ...others } = draft.values;
  const values = value === undefined ? others : { ...others, [valueKey(form, control)]: value };
  return { ...draft, values };
}

export function withFile(draft: Draft, slot: FileSlotName, file: PickedFile | undefined): Draft {
  const files: { -readonly [Slot in FileSlotName]?: PickedFile } = { ...draft.files };
  delete files[slot];
  // A mask lies on one picture only.
  if (slot === "image") delete files.mask;
  if (file) files[slot] = file;
  return { ...draft, files };
}
