import { z } from "zod";

/** A text of one character up to so many, as the services count them: code points. */
export function textUpTo(most: number): z.ZodString {
  return z.string().min(1).check(({ value, issues }) => {
    if ([...value].length <= most) return;
    issues.push({
      code: "too_big",
      origin: "string",
      maximum: most,
      inclusive: true,
      input: value,
    });
  });
}
