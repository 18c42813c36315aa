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
  array: "a list",
};

/**
 * Checks what a client sent. Throws an `invalid_request` that names each field, what is wrong with
 * it and, for a field nobody knows, which fields there are.
 */
export function validate<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => detailsOf(issue, schema));
  const details = issues.slice(0, MAX_DETAILS);
  const words = details.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  if (issues.length > MAX_DETAILS) words.push(`and ${issues.length - MAX_DETAILS} more`);
  throw new ApiError("invalid_request", words.join("; "), { details, cause: result.error });
}

function detailsOf(issue: z.core.$ZodIssue, schema: z.ZodObject): ErrorDetail[] {
  const field = z.core.toDotPath(issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = Object.keys(schema.shape).join(", ");
      return issue.keys.map((key) => ({
        field: excerpt(key),
        message: `Unknown field; known are ${known}`,
      }));
    }
    case "invalid_type":
      return [{ field, message: typeMessage(issue) }];
    default:
      return [{ field, message: issue.message }];
  }
}

function typeMessage({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const name = TYPE_NAMES[expected] ?? expected;
  return input === undefined ? `Required; must be ${name}` : `Must be ${name}`;
}
