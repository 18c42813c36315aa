import { styledPrompt } from "../styled_prompt.ts";
import type { Quality } from "./image_parameters.ts";

/**
 * Parameters of the API guide that date from DALL·E. Today's image models refuse them with a 400
 * (https://developers.openai.com/api/docs/guides/image-generation), so each is mapped to what has the
 * same effect, and the mapping is named in a warning.
 */

/** https://developers.openai.com/api/docs/api-reference/images/create */
const MAX_PROMPT_CHARACTERS = 32_000;

type LegacyQuality = "standard" | "hd";

/** What the guide's two words did. */
const STYLE_WORDS = new Map([
  ["vivid", "Vivid, dramatic, saturated look."],
  ["natural", "Natural, realistic, restrained look."],
]);

/**
 * `medium` of gpt-image-2.5 has 439 tokens (1.3 cents) for a square, where that of gpt-image-2 had 1,756
 * (5.3 cents), as its `high` has now. The words stay: a sketch of an idea is looked at, thrown away and
 * asked for again, and who wants the look of before asks for `hd`. docs/money.md tells operators.
 */
const QUALITY: Record<LegacyQuality, Quality> = { standard: "medium", hd: "high" };

/** The look in words, because the parameter is gone: any words, as other services take them. */
export function legacyStyle(
  prompt: string,
  style: string | undefined,
): { readonly prompt: string; readonly warnings: readonly string[] } {
  if (!style) return { prompt, warnings: [] };
  const limits = { provider: "OpenAI", maxCharacters: MAX_PROMPT_CHARACTERS };
  return styledPrompt(prompt, ` ${STYLE_WORDS.get(style) ?? `Style: ${style}`}`, limits);
}

/** The quality by its name of today; medium if none is asked for. */
export function legacyQuality(
  quality: LegacyQuality | undefined,
): { readonly quality: Quality; readonly warnings: readonly string[] } {
  if (!quality) return { quality: "medium", warnings: [] };
  const mapped = QUALITY[quality];
  const warning = `quality: OpenAI no longer takes "${quality}"; sent as "${mapped}"`;
  return { quality: mapped, warnings: [warning] };
}
