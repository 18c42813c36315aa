import assert from "node:assert/strict";
import type { z } from "zod";
import { operationIds } from "../../shared/contract/operations.ts";
import { providersOf } from "../../shared/providers/catalog.ts";
import type { imageToImage as fluxImageToImage } from "../../shared/providers/flux/image_to_image.ts";
import type { imageToImage as openaiImageToImage } from "../../shared/providers/openai/image_to_image.ts";
import type { textToImage as openaiTextToImage } from "../../shared/providers/openai/text_to_image.ts";
import type { imageInpaint as recraftImageInpaint } from "../../shared/providers/recraft/image_inpaint.ts";
import type { imageToImage as recraftImageToImage } from "../../shared/providers/recraft/image_to_image.ts";
import type { removeBackground as recraftRemoveBackground } from "../../shared/providers/recraft/remove_background.ts";
import type { textToImage as recraftTextToImage } from "../../shared/providers/recraft/text_to_image.ts";
import type { imageToImage as stabilityImageToImage } from "../../shared/providers/stability/image_to_image.ts";
import type { imageToModel as stabilityImageToModel } from "../../shared/providers/stability/image_to_model.ts";
import type { removeBackground as stabilityRemoveBackground } from "../../shared/providers/stability/remove_background.ts";
import type { searchAndRecolor as stabilitySearchAndRecolor } from "../../shared/providers/stability/search_and_recolor.ts";
import type { sketchToImage as stabilitySketchToImage } from "../../shared/providers/stability/sketch_to_image.ts";
import type { textToImage as stabilityTextToImage } from "../../shared/providers/stability/text_to_image.ts";
import type { imageToModel as tripoImageToModel } from "../../shared/providers/tripo/image_to_model.ts";
import type { refineModel as tripoRefineModel } from "../../shared/providers/tripo/refine_model.ts";
import type { textToModel as tripoTextToModel } from "../../shared/providers/tripo/text_to_model.ts";
import type { components } from "../../client/generated/api.ts";
import { requestSchemaName } from "../../shared/openapi/request_schemas.ts";
import { clientImageLimits, clientTypes } from "./client_types.ts";

const folder = new URL("../../client/generated/", import.meta.url);

Deno.test("the client's types are what the document says; deno task docs writes them", async () => {
  assert.equal(await Deno.readTextFile(new URL("api.ts", folder)), await clientTypes());
});

Deno.test("so are the limits of images that it knows", async () => {
  const written = await Deno.readTextFile(new URL("image_limits.ts", folder));
  assert.equal(written, clientImageLimits());
});

/** Types know no ranges; but for those, both take the same. */
type Compared<Taken, Offered> = [Offered] extends [Taken]
  ? [Taken] extends [Offered] ? "same" : "computed"
  : "different";

type Writable<Value> = Value extends readonly (infer Item)[] ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Name in keyof Value]: Writable<Exclude<Value[Name], undefined>> }
  : Value;

type Body<Name extends keyof components["schemas"]> = Writable<
  Omit<components["schemas"][Name], "task_id" | "provider">
>;

type Input<Pair extends { schema: z.ZodType }> = Writable<z.input<Pair["schema"]>>;

/**
 * For each pair, whether the client's type and the schema that checks requests take the same. Recraft's
 * lists of styles and sizes are computed: the document has each of their words, the schema's type has
 * none, and document_test.ts compares what they do.
 */
const pairs: {
  ImageToImageByOpenai: Compared<Input<typeof openaiImageToImage>, Body<"ImageToImageByOpenai">>;
  TextToImageByOpenai: Compared<Input<typeof openaiTextToImage>, Body<"TextToImageByOpenai">>;
  ImageToImageByStability: Compared<
    Input<typeof stabilityImageToImage>,
    Body<"ImageToImageByStability">
  >;
  ImageToModelByStability: Compared<
    Input<typeof stabilityImageToModel>,
    Body<"ImageToModelByStability">
  >;
  RemoveBackgroundByStability: Compared<
    Input<typeof stabilityRemoveBackground>,
    Body<"RemoveBackgroundByStability">
  >;
  SearchAndRecolorByStability: Compared<
    Input<typeof stabilitySearchAndRecolor>,
    Body<"SearchAndRecolorByStability">
  >;
  SketchToImageByStability: Compared<
    Input<typeof stabilitySketchToImage>,
    Body<"SketchToImageByStability">
  >;
  TextToImageByStability: Compared<
    Input<typeof stabilityTextToImage>,
    Body<"TextToImageByStability">
  >;
  ImageInpaintByRecraft: Compared<Input<typeof recraftImageInpaint>, Body<"ImageInpaintByRecraft">>;
  ImageToImageByRecraft: Compared<Input<typeof recraftImageToImage>, Body<"ImageToImageByRecraft">>;
  RemoveBackgroundByRecraft: Compared<
    Input<typeof recraftRemoveBackground>,
    Body<"RemoveBackgroundByRecraft">
  >;
  TextToImageByRecraft: Compared<Input<typeof recraftTextToImage>, Body<"TextToImageByRecraft">>;
  ImageToImageByFlux: Compared<Input<typeof fluxImageToImage>, Body<"ImageToImageByFlux">>;
  ImageToModelByTripo: Compared<Input<typeof tripoImageToModel>, Body<"ImageToModelByTripo">>;
  RefineModelByTripo: Compared<Input<typeof tripoRefineModel>, Body<"RefineModelByTripo">>;
  TextToModelByTripo: Compared<Input<typeof tripoTextToModel>, Body<"TextToModelByTripo">>;
} = {
  ImageToImageByOpenai: "same",
  TextToImageByOpenai: "same",
  ImageToImageByStability: "same",
  ImageToModelByStability: "same",
  RemoveBackgroundByStability: "same",
  SearchAndRecolorByStability: "same",
  SketchToImageByStability: "same",
  TextToImageByStability: "same",
  ImageInpaintByRecraft: "computed",
  ImageToImageByRecraft: "computed",
  RemoveBackgroundByRecraft: "same",
  TextToImageByRecraft: "computed",
  ImageToImageByFlux: "same",
  ImageToModelByTripo: "same",
  RefineModelByTripo: "same",
  TextToModelByTripo: "same",
};

Deno.test("the types of each pair are compared with its schema", () => {
  const names = operationIds.flatMap((operation) =>
    providersOf(operation).map(([provider]) => requestSchemaName(operation, provider))
  );
  assert.deepEqual(Object.keys(pairs).sort(), names.sort());
});
