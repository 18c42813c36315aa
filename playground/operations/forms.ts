import type { ApiDocument } from "./api_document.ts";
import { providerNameOf } from "./words.ts";
import { type Control, controlsOf, type FileControl, type TextControl } from "./controls.ts";
import { type FileLimits, readFileLimits } from "./file_limits.ts";

/** What one provider asks for, for one operation. */
export interface OperationForm {
  readonly operation: string;
  readonly provider: string;
  readonly providerName: string;
  /** What the operation is for. */
  readonly summary: string;
  readonly controls: readonly Control[];
  /** Undefined for one without files. */
  readonly fileLimits: FileLimits | undefined;
  /** A request that the backend takes, but for its files: its words stand where none are typed. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** The forms of all operations, in the order of the document. */
export function formsOf(document: ApiDocument): readonly OperationForm[] {
  return document.operations.flatMap(({ operationId, summary, requestBody }) => {
    const { schema, examples } = requestBody.content["application/json"];
    return Object.entries(schema.discriminator.mapping).map(([provider, reference]) => {
      const request = document.requestOf(reference);
      return {
        operation: operationId,
        provider,
        providerName: examples[provider]?.summary ?? providerNameOf(provider),
        summary,
        controls: controlsOf(request),
        fileLimits: readFileLimits(request.description),
        example: examples[provider]?.value ?? {},
      };
    });
  });
}

/** The operations of forms; those from words come first, which need nothing that one has to have. */
export function operationsOf(forms: readonly OperationForm[]): readonly string[] {
  const needsFiles = (operation: string): number => Number(!operation.startsWith("text-"));
  return [...new Set(forms.map(({ operation }) => operation))]
    .toSorted((one, other) => needsFiles(one) - needsFiles(other));
}

export function fileControlsOf({ controls }: OperationForm): readonly FileControl[] {
  return controls.filter((control) => control.kind === "file");
}

/** The request's own words; other texts may be left alone. */
export function wordsControlsOf({ controls }: OperationForm): readonly TextControl[] {
  return controls.filter((control) => control.kind === "text")
    .filter(({ isRequired, name }) => isRequired || name === "prompt");
}

/** What may be left alone: everything but files and words. */
export type OptionControl = Exclude<Control, { kind: "file" }>;

export function optionControlsOf(form: OperationForm): readonly OptionControl[] {
  const words: readonly Control[] = wordsControlsOf(form);
  return form.controls.filter((control) => control.kind !== "file")
    .filter((control) => !words.includes(control));
}

/** All controls in the order in which they stand on the page. */
export function controlsInOrder(form: OperationForm): readonly Control[] {
  return [...fileControlsOf(form), ...wordsControlsOf(form), ...optionControlsOf(form)];
}

/** What its results are. */
export function outputOf(operation: string): "image" | "model" {
  return operation.endsWith("-model") ? "model" : "image";
}
