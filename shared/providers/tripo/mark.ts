import { z } from "zod";

/** What only one task can have: the service repeats in each task what was asked for. */
const mark = z.object({ seed: z.int(), fileTokens: z.array(z.string()).readonly() });

export type Mark = z.output<typeof mark>;

const SEED_FIELDS = ["model_seed", "texture_seed"] as const;

export function writeMark({ seed, fileTokens }: Mark): string {
  return JSON.stringify({ seed, fileTokens });
}

/** Throws if it is none that was written here. */
export function readMark(written: string): Mark {
  return mark.parse(JSON.parse(written));
}

/**
 * Whether a task was asked for with the mark. One of the seeds or files is enough, because which
 * fields the service repeats is not documented.
 */
export function hasMark(input: unknown, { seed, fileTokens }: Mark): boolean {
  const fields = z.record(z.string(), z.unknown()).safeParse(input).data ?? {};
  return SEED_FIELDS.some((name) => fields[name] === seed) ||
    Object.values(fields).some((value) => names(value, fileTokens));
}

/** A token stands for itself, or somewhere within a view. */
function names(value: unknown, tokens: readonly string[]): boolean {
  if (typeof value === "string") return tokens.includes(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => names(inner, tokens));
}
