/**
 * How the API words what is wrong with a field.
 *
 * Source: https://developers.openai.com/api/docs/guides/error-codes
 *
 * @module
 */
import type { z } from "zod";
import { type ErrorName, OpenAiError } from "./errors.ts";

type Issue = z.core.$ZodIssue;

/** Turns what the schema found into the error the API answers with. */
export function toFieldError(issue: Issue): OpenAiError {
  const param = formatPath(issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const unknown = formatPath([...issue.path, ...issue.keys.slice(0, 1)]);
      const message = `Unknown parameter: '${unknown}'.`;
      return fieldError("unknown_parameter", unknown, message);
    }
    case "too_big": {
      const message = `Invalid '${param}': expected at most ${issue.maximum}.`;
      return fieldError(lookUp(tooBig, issue.origin), param, message);
    }
    case "too_small": {
      const message = `Invalid '${param}': expected at least ${issue.minimum}.`;
      return fieldError(lookUp(tooSmall, issue.origin), param, message);
    }
    case "invalid_type":
      return typeError(param, issue);
    case "invalid_value": {
      const supported = issue.values.join(", ");
      const message = `Invalid value: '${issue.input}'. Supported values are: ${supported}.`;
      return fieldError("invalid_value", param, message);
    }
    default:
      return fieldError("invalid_value", param, `Invalid value: '${param}'.`);
  }
}

function typeError(
  param: string,
  { input, expected }: Extract<Issue, { code: "invalid_type" }>,
): OpenAiError {
  if (input === undefined) {
    const message = `Missing required parameter: '${param}'.`;
    return fieldError("missing_required_parameter", param, message);
  }
  const message = `Invalid type for '${param}': expected ${expected}.`;
  return fieldError("invalid_type", param, message);
}

function fieldError(name: ErrorName, param: string, message: string): OpenAiError {
  // The body as a whole has no name.
  return new OpenAiError(name, message, param === "" ? {} : { param });
}

const tooBig = {
  string: "string_above_max_length",
  number: "integer_above_max_value",
  array: "array_above_max_length",
} as const;

const tooSmall = {
  string: "empty_string",
  number: "integer_below_min_value",
  array: "empty_array",
} as const;

function lookUp<Name extends string>(
  names: Readonly<Record<"string" | "number" | "array", Name>>,
  origin: string,
): Name {
  return origin === "string" || origin === "array" ? names[origin] : names.number;
}

/** Writes a path as the API does: `images[0].image_url`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
