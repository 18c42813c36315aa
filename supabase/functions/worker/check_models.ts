import type { Log } from "../../../shared/log.ts";
import type { Adapter } from "../../../shared/providers/adapter.ts";
import { LIST_SECONDS, type ModelListing } from "../../../shared/providers/model_list.ts";
import type { ModelNotes } from "../../../shared/tasks/model_notes.ts";

export interface CheckModelsDependencies {
  readonly log: Log;
  readonly adapters: ReadonlyMap<string, Pick<Adapter, "findModels">>;
  readonly modelNotes: ModelNotes;
}

/**
 * Once a day, looks whether providers still have the models that we ask for, before a user asks for one
 * in vain. A list that cannot be read proves nothing: it is logged, and what was known stays.
 */
export async function checkModels(
  { log, adapters, modelNotes }: CheckModelsDependencies,
): Promise<void> {
  if (!await modelNotes.takeTurn()) return;
  for (const [provider, { findModels }] of adapters) {
    if (!findModels) continue;
    let models: readonly ModelListing[];
    try {
      models = await findModels(AbortSignal.timeout(LIST_SECONDS * 1_000));
    } catch (error) {
      log.error("list of models not read", error, { provider });
      continue;
    }
    await modelNotes.note(provider, models);
    const missing = models.filter(({ isListed }) => !isListed).map(({ model }) => model);
    log.info("list of models read", { provider, missing: missing.join(", ") || undefined });
  }
}
