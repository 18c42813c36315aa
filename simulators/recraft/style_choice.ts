/**
 * Which curated style a request means.
 *
 * @module
 */
import { RecraftError } from "./errors.ts";
import type { ImageFields } from "./fields.ts";
import type { Model } from "./models.ts";
import type { Style } from "./styles.ts";

/**
 * The style that is named, or that is meant where none is.
 *
 * @returns undefined for a style of one's own, and for models without curated styles.
 * @throws RecraftError when the model does not have the style, or the style not the substyle.
 */
export function findStyle(
  { style: name, substyle, style_id }: ImageFields,
  { id, family, isVector }: Model,
): Style | undefined {
  if (style_id !== undefined) return undefined;
  const fallback = isVector ? "vector_illustration" : "realistic_image";
  const style = family.styles.find((candidate) => candidate.name === (name ?? fallback));
  if (name !== undefined && (style === undefined || (isVector && style.isVector !== true))) {
    throw new RecraftError("invalid_parameter", `style: '${name}' is not known to ${id}`);
  }
  if (substyle !== undefined && style?.substyles.includes(substyle) !== true) {
    throw new RecraftError("invalid_parameter", `substyle: '${substyle}' does not fit`);
  }
  return style;
}
