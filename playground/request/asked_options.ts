import * as z from "zod/mini";
import type { OperationForm } from "../operations/forms.ts";
import { type Draft, type Value, withValue } from "./draft.ts";

const optionsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What was asked for beside words and files, by the API's names. */
export type AskedOptions = z.infer<typeof optionsSchema>;

/** Those of a task's parameters that an address can carry; a file is no option. */
export function optionsOf(parameters: Readonly<Record<string, unknown>>): AskedOptions {
  const options = Object.entries(parameters).filter(([name]) =>
    name !== "prompt" && !/^input_\w+_asset_urls?$/.test(name)
  );
  return Object.fromEntries(
    options.flatMap(([name, value]) => isValue(value) ? [[name, value]] : []),
  );
}

export function optionsText(options: AskedOptions): string {
  return JSON.stringify(options);
}

/** Undefined for what no page has written. */
export function readOptions(text: string | null): AskedOptions | undefined {
  try {
    return optionsSchema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}

/** The draft with these options and no others; what is as usual counts as not chosen. */
export function withOptions(draft: Draft, form: OperationForm, options: AskedOptions): Draft {
  return form.controls.reduce((changed, control) => {
    if (control.kind === "file" || control.name === "prompt") return changed;
    const value = options[control.name];
    const isUsual = "default" in control && value === control.default;
    return withValue(changed, form, control, isUsual ? undefined : value);
  }, draft);
}

function isValue(value: unknown): value is Value {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
