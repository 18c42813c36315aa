import { z } from "zod";
import type { Results } from "../../../../shared/contract/asset_facts.ts";
import type { Making } from "../../../../shared/providers/adapter.ts";
import type { StoredResult } from "./store_result.ts";

/** What of a request makes the same again; of other versions there may be anything. */
const request = z.object({ seed: z.int().optional().catch(undefined) }).catch({});

/** What a step has learned of its results. */
export interface Learned {
  readonly stored: readonly StoredResult[];
  readonly previewUrl: string | undefined;
  readonly making: Making | undefined;
}

/** What is kept with the results of a task. */
export function resultsOf(
  parameters: unknown,
  { stored, previewUrl, making = {} }: Learned,
): Results {
  const seed = making.seed ?? request.parse(parameters).seed;
  const { revisedPrompt } = making;
  return {
    assets: stored.map(({ facts }) => facts),
    ...(previewUrl !== undefined && { preview_url: previewUrl }),
    ...(seed !== undefined && { seed }),
    ...(revisedPrompt !== undefined && { revised_prompt: revisedPrompt }),
  };
}
