import type { Draft } from "../request/draft.ts";
import { fileControlsOf, type OperationForm } from "../operations/forms.ts";
import { filesOf, type Sample } from "../samples/samples.ts";

/** The draft with a sample's words and files; what the sample does not have stays. */
export async function takeSample(sample: Sample): Promise<(draft: Draft) => Draft> {
  const files = await filesOf(sample);
  const hasFiles = Object.keys(files).length > 0;
  return (draft) => ({
    values: { ...draft.values, ...sample.texts },
    files: hasFiles ? files : draft.files,
  });
}

/** Who takes all the views of a sample; the chosen one where it does. */
export function formForSample(
  { drawings = {} }: Sample,
  chosen: OperationForm,
  forms: readonly OperationForm[],
): OperationForm {
  const views = Object.keys(drawings);
  const takesAll = (form: OperationForm): boolean => {
    const slots: readonly string[] = fileControlsOf(form).flatMap((control) => control.slots);
    return views.every((view) => slots.includes(view));
  };
  return [chosen, ...forms].find(takesAll) ?? chosen;
}
