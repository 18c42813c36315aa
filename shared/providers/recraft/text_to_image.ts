import { z } from "zod";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { drawsVectors, familyOf, type ModelId, ratioOfSize, ratios, sizeNames } from "./models.ts";
import {
  checkModel,
  drawingOptions,
  LEAST_RUN_SECONDS,
  mapLook,
  MAX_CALL_SECONDS,
} from "./options.ts";
import { priceOfDrawing } from "./prices.ts";

export const textToImage = defineOperation({
  operation: "text-to-image",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z
    .strictObject({
      ...inputOf("text-to-image"),
      ...drawingOptions,
      size: z.enum(sizeNames).default("1:1").describe(
        "Width and height in pixels, or their ratio; which, depends on the model; vector models get the ratio",
      ),
    })
    .check(checkModel, ({ value: { model, size }, issues }) => {
      const sizes: readonly string[] = [...familyOf(model).sizes, ...ratios];
      if (sizes.includes(size)) return;
      const message = `Must be one of ${sizes.join(", ")} for ${model}`;
      issues.push({ code: "custom", path: ["size"], message, input: size });
    }),
  example: {
    prompt: "A violet cartoon flying elephant with big ears",
    style: "digital_illustration",
    substyle: "hand_drawn",
    n: 1,
    model: "recraftv3",
    response_format: "url",
    size: "1024x1024",
  },
  map({ prompt, n, model, size, ...look }) {
    const { fields, warnings } = mapLook({ model, ...look });
    const shape = mapSize(model, size);
    return {
      request: { prompt, n, model, size: shape.size, ...fields },
      warnings: [...shape.warnings, ...warnings],
    };
  },
  price: (request) => priceOfDrawing(request),
  resultCount: ({ n }) => n,
});

/** Vector models take ratios alone: https://www.recraft.ai/docs/api-reference/appendix */
function mapSize(
  model: ModelId,
  size: string,
): { readonly size: string; readonly warnings: readonly string[] } {
  if (!drawsVectors(model) || ratios.includes(size)) return { size, warnings: [] };
  const ratio = ratioOfSize(size);
  return { size: ratio, warnings: [`size: ${model} takes ratios alone; sent as ${ratio}`] };
}
