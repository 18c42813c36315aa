import type { JSX } from "preact";
import { fileControlsOf, type OperationForm, wordsControlsOf } from "../operations/forms.ts";
import { type Draft, withFile } from "../request/draft.ts";
import { isRequiredNow } from "../request/problems.ts";
import type { Fields } from "../request/use_fields.ts";
import { useCheckedFiles } from "../request/use_ready_files.ts";
import type { Sample } from "../samples/samples.ts";
import { FilesField } from "./files_field.tsx";
import { SampleRow } from "./sample_row.tsx";
import { takeSample } from "./take_sample.ts";
import { TextControl } from "./text_control.tsx";

interface MainFieldsProps {
  readonly form: OperationForm;
  readonly draft: Draft;
  readonly fields: Fields;
  readonly onChange: (change: (draft: Draft) => Draft) => void;
  /** Hears which sample is taken, before the draft has it. */
  readonly onSample?: (sample: Sample) => void;
}

/** Samples, files and words: what a request is about. */
export function MainFields(
  { form, draft, fields, onChange, onSample }: MainFieldsProps,
): JSX.Element {
  const checked = useCheckedFiles(form, draft);
  return (
    <>
      <SampleRow
        operation={form.operation}
        onChoose={(sample) => {
          onSample?.(sample);
          takeSample(sample, onChange);
        }}
      />
      {fileControlsOf(form).map((control) => (
        <FilesField
          key={control.name}
          control={control}
          limits={form.fileLimits}
          files={draft.files}
          checked={checked}
          problemOf={fields.problemOf}
          warningsOf={fields.warningsOf}
          onPick={(slot, file) => onChange((before) => withFile(before, slot, file))}
        />
      ))}
      {wordsControlsOf(form).map((control) => (
        <TextControl
          key={control.name}
          control={{ ...control, isRequired: isRequiredNow(form, draft, control) }}
          isLarge={control.name === "prompt"}
          placeholder={placeholderOf(form, control.name)}
          {...fields.stateOf(control)}
        />
      ))}
    </>
  );
}

/** Words that this provider would take. */
function placeholderOf({ example }: OperationForm, name: string): string {
  const words = example[name];
  return typeof words === "string" ? `${words}…` : "";
}
