import type { z } from "zod";

/**
 * How many characters a text has as providers count them: code points, so that an emoji or a rare
 * Chinese character, which has two units of UTF-16, is one.
 */
export function characters(text: string): number {
  return [...text].length;
}

/** A text of at most so many characters. */
export function upTo(most: number, schema: z.ZodString): z.ZodString {
  return schema
    .refine((text) => text.length <= most || characters(text) <= most, {
      error: ({ input }) =>
        `Has ${characters(String(input))} characters; at most ${most} are possible`,
      abort: true,
    })
    .meta({ maxLength: most });
}
