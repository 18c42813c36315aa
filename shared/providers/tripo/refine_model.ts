import { z } from "zod";
import { upTo } from "../../contract/characters.ts";
import { text, words } from "../../contract/fields.ts";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { DEFAULT_TEXTURE_MODEL, NEWEST_TEXTURE_MODEL, refinementVersionNames } from "./models.ts";
import { faceLimit, MAX_CALL_SECONDS, textureQuality } from "./options.ts";
import { TEXTURE_POOL } from "./pools.ts";
import { priceOfSurface } from "./prices.ts";

const MAX_PROMPT_CHARACTERS = 1_024;

/** About 80 seconds are usual. */
const LEAST_RUN_SECONDS = 20;

/** Only V3's texture call is left of what the guide calls refinement: it changes the surface alone. */
export const refineModel = defineOperation({
  operation: "refine-model",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z
    .strictObject({
      ...inputOf("refine-model"),
      prompt: upTo(MAX_PROMPT_CHARACTERS, words).optional()
        .describe("How the surface is to look; required without a draft_model_task_id"),
      draft_model_task_id: text.min(1).max(200).optional()
        .describe(
          "The provider's name of an earlier model of the user's; taken instead of the file",
        ),
      texture: z.boolean().default(true).describe("Whether the texture is made anew"),
      pbr: z.boolean().default(false).describe("Whether the surface is physically based"),
      texture_quality: textureQuality,
      model_version: z.enum(refinementVersionNames).optional().describe(
        `${NEWEST_TEXTURE_MODEL} is the newest that paints; with any other name the surface is painted by the version that fits the draft`,
      ),
      face_limit: faceLimit.optional().describe("Ignored: only the surface changes"),
      auto_size: z.boolean().optional().describe("Ignored: only the surface changes"),
    })
    .check(({ value, issues }) => {
      const refuse = (field: string, message: string): void => {
        issues.push({ code: "custom", path: [field], message, input: value });
      };
      if (!value.texture && !value.pbr) {
        refuse("texture", "Must be true, or pbr must be: else nothing is left to do");
      }
      if (value.prompt === undefined && value.draft_model_task_id === undefined) {
        refuse("prompt", "Required without a draft_model_task_id: a file has no prompt of its own");
      }
    }),
  example: {
    input_model_asset_url: exampleAsset("model.glb"),
    prompt: "Make it look more weathered and ancient",
    draft_model_task_id: "tripo-task-id",
    texture: true,
    pbr: true,
    texture_quality: "detailed",
  },
  // The service takes 150 MB; a file of that size does not fit the memory of a worker.
  assetLimits: { mediaTypes: ["model/gltf-binary"], maxBytes: 50_000_000 },
  taskReferences: ["draft_model_task_id"],
  map(parameters) {
    const { texture, pbr, texture_quality, model_version, face_limit, auto_size } = parameters;
    const doubled = texture
      ? []
      : ["texture: Tripo bills a surface twice that only pbr asks for; sent as true"];
    const isNewest = model_version === NEWEST_TEXTURE_MODEL;
    const unnamed = model_version === undefined || isNewest
      ? []
      : ["model_version: the version that fits the draft paints the surface; ignored"];
    const unused = Object.entries({ face_limit, auto_size })
      .filter(([, value]) => value !== undefined)
      .map(([name]) => `${name}: Tripo no longer changes the shape of a model; ignored`);
    return {
      request: {
        file: parameters.input_model_asset_url,
        draftTaskId: parameters.draft_model_task_id,
        // Undefined: what made the draft decides.
        model: isNewest ? NEWEST_TEXTURE_MODEL : undefined,
        fields: {
          texture: true,
          pbr,
          texture_quality,
          ...(parameters.prompt !== undefined && { texture_prompt: { text: parameters.prompt } }),
        },
      },
      warnings: [...doubled, ...unnamed, ...unused],
    };
  },
  price: ({ model = DEFAULT_TEXTURE_MODEL, fields }) => priceOfSurface({ model, ...fields }),
  pool: () => TEXTURE_POOL,
});
