import { z } from "zod";

/** What of a request says whether pixels or vectors are wanted; an own style may be of either kind. */
const request = z.object({
  model: z.string().optional().catch(undefined),
  style: z.string().optional().catch(undefined),
  style_id: z.string().optional().catch(undefined),
});

/** Styles of Recraft that are drawn in vectors with any model. */
const VECTOR_STYLES = ["vector_illustration", "icon"];

const WARNING = "Pixels were asked for, and the provider has drawn an SVG";

/**
 * Warnings by the place of the result: apps that show bitmaps only have to know. Undefined if there
 * are none.
 */
export function unaskedDrawings(
  parameters: unknown,
  assetUrls: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const places = [...assetUrls.keys()].filter((place) => assetUrls[place]?.endsWith(".svg"));
  if (places.length === 0 || mayAskForDrawing(parameters)) return undefined;
  return Object.fromEntries(places.map((place) => [place, WARNING]));
}

function mayAskForDrawing(parameters: unknown): boolean {
  const { model = "", style = "", style_id } = request.catch({}).parse(parameters);
  return style_id !== undefined || VECTOR_STYLES.includes(style) || /_vector(?:_|$)/.test(model);
}
