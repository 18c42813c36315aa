import { z } from "zod";

/** What a provider's own list says of one of the models that we ask for. */
export interface ModelListing {
  readonly model: string;
  /** Whether it is asked for where no client chooses one. */
  readonly isDefault: boolean;
  readonly isListed: boolean;
  /** A day, as `2026-12-01`, if the list announces its end. */
  readonly shutDownOn?: string | undefined;
}

/** Which models we ask a provider for. */
export interface WantedModels {
  readonly default: string;
  /** What clients may choose. Default: nothing. */
  readonly choices?: readonly string[];
}

/**
 * The form that OpenAI's list has, and others took over. One that is empty, or not whole, is no list:
 * it would prove that models are gone which are there.
 */
export const modelList = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      shutdown_date: z.string().regex(/^\d{4}-\d{2}-\d{2}/).nullish().catch(undefined),
    }),
  ).min(1),
  has_more: z.literal(false).nullish(),
});

/** How long a list may take to be read, in seconds. */
export const LIST_SECONDS = 10;

/** What a list says of the models that we want. Throws if it has none of several: it is of others. */
export function findWanted(
  { data }: z.output<typeof modelList>,
  wanted: WantedModels,
): readonly ModelListing[] {
  const listed = new Map(data.map((model) => [model.id, model]));
  const models = [...new Set([wanted.default, ...wanted.choices ?? []])];
  if (models.length > 1 && !models.some((model) => listed.has(model))) {
    throw new TypeError("The list of models has none of ours");
  }
  return models.map((model) => ({
    model,
    isDefault: model === wanted.default,
    isListed: listed.has(model),
    shutDownOn: listed.get(model)?.shutdown_date?.slice(0, "2026-12-01".length),
  }));
}
