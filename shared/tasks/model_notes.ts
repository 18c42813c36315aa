import type { Database } from "../database.ts";
import type { ModelListing } from "../providers/model_list.ts";

/** What is kept of providers' own lists of models; each method is one SQL function. */
export interface ModelNotes {
  /** Whether the lists are to be read now, which is once a day, and it is the caller who is to do it. */
  takeTurn(): Promise<boolean>;
  /** Keeps what a list says of all models of ours: the operator is told of those that it does not have. */
  note(provider: string, models: readonly ModelListing[]): Promise<void>;
}

export function createModelNotes(sql: Database): ModelNotes {
  return {
    async takeTurn() {
      const [row] = await sql<{ taken: boolean }[]>`
        select private.take_maintenance_job('model lists') as taken
      `;
      return row?.taken ?? false;
    },

    async note(provider, models) {
      const listings = models.map(({ model, isDefault, isListed, shutDownOn }) => ({
        model,
        is_default: isDefault,
        is_listed: isListed,
        shut_down_on: shutDownOn ?? null,
      }));
      await sql`select monitoring.note_models(${provider}::text, ${sql.json(listings)}::jsonb)`;
    },
  };
}
