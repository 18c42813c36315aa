import { z } from "zod";
import { upTo } from "../../contract/characters.ts";
import { words } from "../../contract/fields.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { styledPrompt } from "../styled_prompt.ts";
import { mapVersion } from "./models.ts";
import { LEAST_RUN_SECONDS, mapModelOptions, MAX_CALL_SECONDS, modelOptions } from "./options.ts";
import { generationPool } from "./pools.ts";
import { priceOfModel } from "./prices.ts";

const MAX_PROMPT_CHARACTERS = 1_024;

export const textToModel = defineOperation({
  operation: "text-to-model",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("text-to-model"),
    prompt: upTo(MAX_PROMPT_CHARACTERS, words).describe("What the model is to be"),
    style: upTo(100, words).optional().describe("Look; added to the prompt in words"),
    ...modelOptions,
  }),
  example: {
    prompt: "A medieval castle with tall towers",
    texture: true,
    pbr: false,
    model_version: "v2.5-20250123",
    face_limit: 10000,
    auto_size: true,
    texture_quality: "standard",
  },
  map({ prompt, style, ...options }) {
    const { fields, warnings } = mapModelOptions(options);
    if (style === undefined) return { request: { prompt, ...fields }, warnings };
    const limits = { provider: "Tripo", maxCharacters: MAX_PROMPT_CHARACTERS };
    const styled = styledPrompt(prompt, `, ${style} style`, limits);
    return {
      request: { prompt: styled.prompt, ...fields },
      warnings: [...styled.warnings, ...warnings],
    };
  },
  price: (request) => priceOfModel(request, "fromText"),
  pool: ({ model_version }) => generationPool(mapVersion(model_version).value),
});
