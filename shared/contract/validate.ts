import { z } from "zod";
import { ApiError, type ErrorDetail } from "./errors.ts";

/**
 * Checks what a client sent. Throws an `invalid_request` that names each field, what is wrong with
 * it and, for a field nobody knows, which fields there are.
 */
export function validate<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues.flatMap((issue) => detailsOf(issue, schema));
  const summary = details.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  throw new ApiError("invalid_request", summary.join("; "), { details, cause: result.error });
}

function detailsOf(issue: z.core.$ZodIssue, schema: z.ZodObject): ErrorDetail[] {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(schema.shape).join(", ");
    return issue.keys.map((field) => ({ field, message: `Unknown field; known are ${known}` }));
  }
  return [{ field: z.core.toDotPath(issue.path), message: issue.message }];
}
