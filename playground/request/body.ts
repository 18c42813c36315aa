import type { FileControl, FileSlotName } from "../operations/controls.ts";
import type { OperationForm } from "../operations/forms.ts";
import { type Draft, type Value, valueOf } from "./draft.ts";

/** A request as the API takes it, but for its `task_id`. */
export type Body = Readonly<Record<string, Value | null | readonly (string | null)[]>>;

/** Puts a file where the API finds it, and tells the address. */
export type AddressOf = (slot: FileSlotName) => string;

/** What a draft asks of a form's provider: what was not touched is left to the backend. */
export function bodyOf(form: OperationForm, draft: Draft, addressOf: AddressOf): Body {
  const entries = form.controls.flatMap((control): [string, Body[string]][] => {
    if (control.kind === "file") return fileEntries(control, draft, addressOf);
    const value = valueOf(draft, form, control) ?? providerTaskOf(control.name, form, draft);
    if (value === undefined) return [];
    if (control.kind === "number") return [[control.name, Number(value)]];
    if (control.kind !== "text") return [[control.name, value]];
    const text = String(value).trim();
    return text === "" ? [] : [[control.name, text]];
  });
  return { provider: form.provider, ...Object.fromEntries(entries) };
}

/** The slots of a form that have a file. */
export function usedSlots(form: OperationForm, { files }: Draft): readonly FileSlotName[] {
  return form.controls.flatMap((control) =>
    control.kind === "file" ? control.slots.filter((slot) => files[slot]) : []
  );
}

/** A model of the same provider is refined from its task there, not from its file. */
function providerTaskOf(
  name: string,
  { provider }: OperationForm,
  { files: { model } }: Draft,
): string | undefined {
  if (name !== "draft_model_task_id" || model?.kind !== "stored") return undefined;
  return model.providerTask?.provider === provider ? model.providerTask.id : undefined;
}

function fileEntries(
  { name, slots, isList }: FileControl,
  { files }: Draft,
  addressOf: AddressOf,
): [string, Body[string]][] {
  const addresses = slots.map((slot) => (files[slot] ? addressOf(slot) : null));
  const last = addresses.findLastIndex((address) => address !== null);
  if (last < 0) return [];
  return [[name, isList ? addresses.slice(0, last + 1) : addresses[0] ?? null]];
}
