import type { Draft } from "../request/draft.ts";
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
