import type { Task } from "@makeit3d/client";
import type { OperationForm } from "../operations/forms.ts";
import { fileControlsOf, wordsControlsOf } from "../operations/forms.ts";
import { type Draft, valueKey } from "../request/draft.ts";
import * as z from "zod/mini";

const entrySchema = z.object({
  provider: z.string(),
  providerName: z.string(),
  /** The task; undefined where it was refused. */
  id: z.optional(z.string()),
  /** Why it was refused. */
  reason: z.optional(z.string()),
  /** What it costs at most, in USD, as far as that was known. */
  estimateUsd: z.optional(z.number()),
});

/** What one provider was asked in a comparison. */
export type Entry = z.infer<typeof entrySchema>;

const comparisonSchema = z.object({ operation: z.string(), entries: z.array(entrySchema) });

export type Comparison = z.infer<typeof comparisonSchema>;

const KEY = "last comparison";

/** The comparison that was made last in this tab, also after a reload in the middle of it. */
export function lastComparison({ values }: Draft): Comparison | undefined {
  const kept = values[KEY];
  if (typeof kept !== "string") return undefined;
  try {
    return comparisonSchema.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}

export function withComparison(draft: Draft, comparison: Comparison): Draft {
  return { ...draft, values: { ...draft.values, [KEY]: JSON.stringify(comparison) } };
}

/** The forms of each operation that more than one provider offers. */
export function comparable(
  forms: readonly OperationForm[],
): ReadonlyMap<string, readonly OperationForm[]> {
  const byOperation = Map.groupBy(forms, ({ operation }) => operation);
  return new Map([...byOperation].filter(([, { length }]) => length > 1));
}

/**
 * The form that asks for what all of them need: the one with the fewest places for files and the least
 * room for words. Its draft is every other's, too.
 */
export function commonForm(forms: readonly OperationForm[]): OperationForm | undefined {
  const room = (form: OperationForm): number => {
    const slots = fileControlsOf(form).reduce((sum, control) => sum + control.slots.length, 0);
    const lengths = wordsControlsOf(form).map(({ maxLength = Infinity }) => maxLength);
    return slots * 1_000_000 + Math.min(...lengths, 999_999);
  };
  return forms.toSorted((one, other) => room(one) - room(other))[0];
}

/** Words and first files only: an option of one provider would compare something else. */
export function comparedDraft(draft: Draft, common: OperationForm): Draft {
  const keys = wordsControlsOf(common).map((control) => valueKey(common, control));
  const slots = fileControlsOf(common).flatMap((control) => control.slots);
  return {
    values: Object.fromEntries(Object.entries(draft.values).filter(([key]) => keys.includes(key))),
    files: Object.fromEntries(slots.map((slot) => [slot, draft.files[slot]])),
  };
}

/** In seconds, from the provider's start to the stored result; undefined while it is under way. */
export function secondsOf({ startedAt, finishedAt }: Task): number | undefined {
  if (startedAt === undefined || finishedAt === undefined) return undefined;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

/** In USD: what it has cost where that is told, else the most that it can have. */
export function costOf(task: Task | undefined, { estimateUsd }: Entry): number | undefined {
  return task?.costUsd ?? estimateUsd;
}

/** The ids of what is least of all complete ones, where they differ. */
export function leastOf(amounts: ReadonlyMap<string, number>): readonly string[] {
  if (amounts.size < 2) return [];
  const least = Math.min(...amounts.values());
  const ids = [...amounts].filter(([, amount]) => amount === least).map(([id]) => id);
  return ids.length === amounts.size ? [] : ids;
}
