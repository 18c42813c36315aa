import type { Draft } from "../request/draft.ts";
import { fileControlsOf, type OperationForm } from "../operations/forms.ts";
import { filesOf, type Sample } from "../samples/samples.ts";

/**
 * Gives a draft a sample's words at once, so that what is typed over them stays, and its files when they
 * are drawn. What the sample does not have stays.
 */
export async function takeSample(
  sample: Sample,
  change: (change: (draft: Draft) => Draft) => void,
): Promise<void> {
  change((draft) => ({ ...draft, values: { ...draft.values, ...sample.texts } }));
  const files = await filesOf(sample);
  if (Object.keys(files).length > 0) change((draft) => ({ ...draft, files }));
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
