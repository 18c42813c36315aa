import { z } from "zod";

/** What of a request says whether pixels or vectors are wanted; an own style may be of either kind. */
const request = z.object({
  model: z.string().optional().catch(undefined),
  style: z.string().optional().catch(undefined),
  style_id: z.string().optional().catch(undefined),
});

/** Styles of Recraft that are drawn in vectors with any model. */
const VECTOR_STYLES = ["vector_illustration", "icon"];

const UNASKED = "Pixels were asked for, and the provider has drawn an SVG";
const UNCLEAN = "The provider's SVG cannot be read: it is stored as a file for download only";

/**
 * What an app should know of results that are of another kind than was asked for, by their place.
 * Undefined if there is nothing.
 */
export function resultWarnings(
  parameters: unknown,
  assetUrls: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const isUnasked = !mayAskForDrawing(parameters);
  const warnings: Record<string, string> = {};
  for (const [place, url] of assetUrls.entries()) {
    if (url.endsWith(".bin")) warnings[place] = UNCLEAN;
    else if (isUnasked && url.endsWith(".svg")) warnings[place] = UNASKED;
  }
  return Object.keys(warnings).length > 0 ? warnings : undefined;
}

function mayAskForDrawing(parameters: unknown): boolean {
  const { model = "", style = "", style_id } = request.catch({}).parse(parameters);
  return style_id !== undefined || VECTOR_STYLES.includes(style) || /_vector(?:_|$)/.test(model);
}
