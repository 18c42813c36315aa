import type { Property } from "./document.ts";

/** What a value may be, in few words. */
export function valuesOf(property: Property): string {
  if (property.const !== undefined) return code(property.const);
  if (property.enum) return property.enum.map(code).join(", ");
  if (Array.isArray(property.type)) {
    return property.type.map((type) => valuesOf({ ...property, type })).join(" or ");
  }
  if (property.anyOf) return property.anyOf.map((choice) => valuesOf(choice)).join(" or ");
  switch (property.type) {
    case "string":
      return limits("characters", property.minLength, property.maxLength) || "text";
    case "integer":
      return limits("", property.minimum, property.maximum) || "whole number";
    case "number":
      return limits("", property.minimum, property.maximum) || "number";
    case "array":
      return `list${limits("", property.minItems, property.maxItems).replace(/^(?=.)/, " of ")}`;
    default:
      return property.type ?? "";
  }
}

/** What JavaScript cannot count exactly is no limit that anybody meets. */
const isReal = (limit: number | undefined): limit is number =>
  limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;

function limits(unit: string, least: number | undefined, most: number | undefined): string {
  const range = isReal(most)
    ? isReal(least) && least !== most
      ? `${least}–${most}`
      : `${isReal(least) ? "" : "up to "}${most}`
    : isReal(least)
    ? `${least} or more`
    : "";
  return range && `${range} ${unit}`.trim();
}

/** A value as it stands in a request, set as code. */
export const code = (value: unknown): string =>
  `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
