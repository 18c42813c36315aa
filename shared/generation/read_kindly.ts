import { z } from "zod";

type Fields = Readonly<Record<string, unknown>>;

const NUMBER = /^-?\d{1,17}(\.\d{1,17})?(e[+-]?\d{1,3})?$/i;

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/**
 * What a client means, where that is clear though the schema does not take its form: `null` is as if
 * left out, and so is an empty text where a text must not be empty; a number or a flag may come as
 * text. Apps fill requests from forms and from objects with unset members, and the service before
 * this one took both.
 */
export function readKindly(body: Fields, schema: z.ZodObject): Fields {
  const entries = Object.entries(body).map(([name, value]) => {
    const field = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    return [name, field && typeof value === "string" ? readText(value, field) : value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

/** Undefined for a text that is as if left out. */
function readText(text: string, field: z.core.$ZodType): unknown {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) : FLAGS[trimmed];
  if (trimmed !== "" && value === undefined) return text;
  const issue = z.safeParse(field, text).error?.issues[0];
  if (!issue) return text;
  if (trimmed === "") return accepts(field, undefined) ? undefined : text;
  // One beyond its bounds is a number, too: the refusal then tells the bounds.
  const isExpected = issue.code === "invalid_type" && issue.expected === typeof value;
  return isExpected || accepts(field, value) ? value : text;
}

function accepts(field: z.core.$ZodType, value: unknown): boolean {
  return z.safeParse(field, value).success;
}
