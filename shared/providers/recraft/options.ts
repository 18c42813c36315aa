import { z } from "zod";
import { characters, upTo } from "../../contract/characters.ts";
import { text, words } from "../../contract/fields.ts";
import type { AssetLimits } from "../provider_operation.ts";
import { familyOf, type ModelId, modelIds, styleNames } from "./models.ts";

/** The guide's own; the service's default of today knows neither styles nor negative prompts. */
export const DEFAULT_MODEL: ModelId = "recraftv3";

/** Images take 10 to 30 seconds, vectors longer. */
export const MAX_CALL_SECONDS = 120;
export const LEAST_RUN_SECONDS = 3;

/**
 * Results are stored in any case, so the form in which they come is nobody's business. Apps of the
 * service before this one send `png`.
 */
export const responseFormat = z.enum(["url", "b64_json", "png"]).optional()
  .describe("Without effect: results are stored in any case");

export const negativePrompt = upTo(1_000, words).describe("What to avoid");

/** Of every call that draws. */
export const drawingOptions = {
  prompt: upTo(10_000, words)
    .describe("What the result is to show; up to 1,000 characters for models before V4"),
  n: z.int().min(1).max(6).default(1).describe("Number of images"),
  model: z.enum(modelIds).default(DEFAULT_MODEL).describe("Model"),
  style: z.enum(styleNames).optional().describe("Style; the vector styles give SVG"),
  substyle: upTo(100, text).optional().describe(
    "Substyle; ignored where the style has no such one",
  ),
  style_id: text.min(1).max(100).optional()
    .describe(
      "UUID of a custom style; takes the place of style and substyle; required by recraftv4_styles models",
    ),
  response_format: responseFormat,
};

/** https://www.recraft.ai/docs/api-reference, image inputs */
export const inputImage: AssetLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  maxBytes: 9_999_999,
  image: { minSide: 256, maxSide: 4_096, maxPixels: 16_000_000 },
};

interface Drawing {
  readonly prompt: string;
  readonly model: ModelId;
  readonly style?: string | undefined;
  readonly style_id?: string | undefined;
  readonly size?: string | undefined;
}

/** What only the model can tell. Paths are the fields', as in any other response. */
export function checkModel({ value, issues }: z.core.ParsePayload<Drawing>): void {
  const { prompt, model, style, style_id } = value;
  const { maxPromptCharacters, styles, ownStyle } = familyOf(model);
  const refuse = (field: string, message: string): void => {
    issues.push({ code: "custom", path: [field], message, input: value });
  };
  if (characters(prompt) > maxPromptCharacters) {
    refuse("prompt", `Must have at most ${maxPromptCharacters} characters for ${model}`);
  }
  if (style !== undefined && styles && !styles[style]) {
    refuse("style", `Must be one of ${Object.keys(styles).join(", ")} for ${model}`);
  }
  if (ownStyle === "required" && !isUuid(style_id)) {
    refuse("style_id", `Must be the UUID of a style for ${model}`);
  }
}

interface Look {
  readonly model: ModelId;
  readonly style?: string | undefined;
  readonly substyle?: string | undefined;
  readonly style_id?: string | undefined;
  readonly negative_prompt?: string | undefined;
}

interface MappedLook {
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly warnings: readonly string[];
}

const isUuid = (value: string | undefined): boolean => z.uuid().safeParse(value).success;

/** The fields that decide how an image looks, as far as the model has them, and a warning for each other. */
export function mapLook(look: Look): MappedLook {
  const { style_id, ...rest } = look;
  // The guide itself shows names that are no style's.
  if (style_id === undefined || isUuid(style_id)) return mapKnownLook(look);
  const { fields, warnings } = mapKnownLook(rest);
  return { fields, warnings: ["style_id: not the UUID of a style; ignored", ...warnings] };
}

function mapKnownLook(
  { model, style, substyle, style_id, negative_prompt }: Look,
): MappedLook {
  const { styles, ownStyle, defaultStyle = "" } = familyOf(model);
  if (style_id !== undefined && ownStyle !== undefined) {
    const ignored = ignore({ style, substyle }, "a style_id takes its place");
    const unknown = styles ? [] : ignore({ negative_prompt }, `${model} has none`);
    const fields = { style_id, ...(styles && { negative_prompt }) };
    return { fields, warnings: [...ignored, ...unknown] };
  }
  if (!styles) {
    return {
      fields: {},
      warnings: ignore({ style, substyle, style_id, negative_prompt }, `${model} has none`),
    };
  }
  const chosen = style ?? defaultStyle;
  if (substyle === undefined || styles[chosen]?.includes(substyle)) {
    return { fields: { style: chosen, substyle, negative_prompt }, warnings: [] };
  }
  const warning = `substyle: ${JSON.stringify(substyle)} is none of ${chosen}; ignored. ` +
    `There are ${styles[chosen]?.join(", ") || "none"}`;
  return { fields: { style: chosen, negative_prompt }, warnings: [warning] };
}

function ignore(fields: Readonly<Record<string, unknown>>, reason: string): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `${name}: ${reason}; ignored`);
}
