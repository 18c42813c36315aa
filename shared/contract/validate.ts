import { z } from "zod";
import { ApiError, type ErrorDetail } from "./errors.ts";
import { excerpt } from "./excerpt.ts";

/** A body may hold thousands of mistakes; an answer need not. */
const MAX_DETAILS = 20;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  object: "a JSON object",
  record: "a JSON object",
  array: "a list",
};

/** What something has more or less of; a number has no unit. */
const SIZE_UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

/**
 * Checks what a client sent. Throws an `invalid_request` that names each field, one thing that is wrong
 * with it and, for a field nobody knows, which fields there are.
 */
export function validate<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true, error: wordsOf });
  if (result.success) return result.data;
  const issues = firstOfEach(result.error.issues).flatMap((issue) => detailsOf(issue, schema));
  const details = issues.slice(0, MAX_DETAILS);
  const words = details.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  if (issues.length > MAX_DETAILS) words.push(`and ${issues.length - MAX_DETAILS} more`);
  throw new ApiError("invalid_request", words.join("; "), { details, cause: result.error });
}

/** Of what is wrong with a field, or with a list and its entries, the first. */
function firstOfEach(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const seen = new Set<string>();
  return issues.filter(({ path, code }) => {
    if (code === "unrecognized_keys") return true;
    const entry = path.findIndex((part) => typeof part === "number");
    const field = z.core.toDotPath(entry < 0 ? path : path.slice(0, entry));
    const isFirst = !seen.has(field);
    seen.add(field);
    return isFirst;
  });
}

function detailsOf(issue: z.core.$ZodIssue, schema: z.ZodObject): ErrorDetail[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ field: z.core.toDotPath(issue.path), message: issue.message }];
  }
  const known = Object.keys(schema.shape).join(", ");
  return issue.keys.map((key) => ({
    field: excerpt(key),
    message: `Unknown field; known are ${known}`,
  }));
}

/** What is wrong, for somebody who does not know how it is checked. A schema's own words win. */
function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeMessage(issue);
    case "too_big":
      return sizeMessage("at most", issue.maximum, issue.origin);
    case "too_small":
      return sizeMessage("at least", issue.minimum, issue.origin);
    case "invalid_value":
      return requiredIf(issue.input, `must be one of ${issue.values.map(String).join(", ")}`);
    // Whoever knows none of the choices meant the first.
    case "invalid_union":
      return issue.errors[0]?.[0]?.message;
    default:
      return undefined;
  }
}

function typeMessage(
  { expected, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>,
): string {
  const name = TYPE_NAMES[expected] ?? expected;
  return requiredIf(input, `must be ${name}`);
}

function requiredIf(input: unknown, words: string): string {
  return input === undefined ? `Required; ${words}` : `M${words.slice(1)}`;
}

function sizeMessage(bound: string, size: number | bigint, origin: string): string {
  const [one, many] = SIZE_UNITS[origin] ?? [];
  if (!one || !many) return `Must be ${bound} ${size}`;
  return `Must have ${bound} ${size} ${Number(size) === 1 ? one : many}`;
}
