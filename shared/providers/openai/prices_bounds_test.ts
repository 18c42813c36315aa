import assert from "node:assert/strict";
import { z } from "zod";
import { describeFile } from "../../../simulators/ledger.ts";
import { findAbilities, listModels } from "../../../simulators/openai/models.ts";
import { formatSize, resolveSize, type Size } from "../../../simulators/openai/sizes.ts";
import { estimateUsage } from "../../../simulators/openai/usage.ts";
import type { OperationId } from "../../contract/operations.ts";
import { DEFAULT_MODEL } from "./image_parameters.ts";
import { imageToImage } from "./image_to_image.ts";
import { textToImage } from "./text_to_image.ts";

/** When all of the models below are alive. */
const TODAY = new Date("2026-11-23");

type Fields = Readonly<Record<string, unknown>>;

/** What a generation or an edit costs at most. */
function estimateOf(operation: OperationId, fields: Fields, model: string): number {
  const request = { prompt: "x", ...fields };
  const { estimateUsd } = operation === "text-to-image"
    ? textToImage.describe(request, model)
    : imageToImage.describe({ ...request, input_image_asset_url: "image" }, model);
  return estimateUsd;
}

/** Inputs of all shapes, down to the smallest and up to far more than a screen has. */
const inputs: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 1_024, height: 1_024 },
  { width: 640, height: 480 },
  { width: 3_000, height: 1_000 },
  { width: 1_000, height: 3_000 },
  { width: 8_000, height: 8_000 },
];

/** A model of each kind that the simulated service has. */
const liveModels = ["gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.6-flare", DEFAULT_MODEL];

interface Sent {
  readonly prompt: string;
  readonly n: number;
  readonly size: string;
  readonly quality: "medium" | "high";
}

const usageSchema = z.object({
  input_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
  output_tokens: z.number(),
});

/** What the simulated service bills of a request. */
function billed({ prompt, n, size, quality }: Sent, model: string, input?: Size): number {
  const { sizes } = findAbilities(model, TODAY);
  const miniature = { width: 1, height: 1, data: new Uint8Array(4) };
  const file = { mediaType: "image/png", hasTransparency: false, miniature } as const;
  const description = describeFile("", file.mediaType, new Uint8Array());
  const usage = estimateUsage({
    operation: "image-to-image",
    fields: { prompt },
    images: input ? [{ ...input, ...file, description }] : [],
    record: {},
  }, {
    model,
    count: n,
    size: resolveSize(size, sizes, input),
    quality,
    background: "opaque",
    format: "png",
    compression: 100,
  });
  const { input_tokens_details: taken, output_tokens } = usageSchema.parse(usage);
  return taken.text_tokens * 5e-6 + taken.image_tokens * 8e-6 + output_tokens * 30e-6;
}

Deno.test("no bound is below what the simulated service bills", () => {
  let compared = 0;
  for (const model of liveModels) {
    for (const size of ["1024x1024", "1792x1024", "1024x1792", undefined]) {
      for (const [quality, sent] of [["standard", "medium"], ["hd", "high"]] as const) {
        for (const n of [1, 2, 3, 4]) {
          for (const prompt of ["x", "long words ".repeat(2_900)]) {
            const fields = { prompt, n, size, quality };
            const generated = estimateOf("text-to-image", fields, model);
            const request = { prompt, n, size: size ?? "1024x1024", quality: sent };
            const shown = JSON.stringify([model, { ...fields, prompt: prompt.length }]);
            assert.ok(generated >= billed(request, model), shown);
            const edited = estimateOf("image-to-image", fields, model);
            for (const input of inputs) {
              const edit = { ...request, size: size ?? "auto" };
              assert.ok(edited >= billed(edit, model, input), `${shown} ${formatSize(input)}`);
              compared++;
            }
          }
        }
      }
    }
  }
  assert.equal(compared, 4 * 4 * 2 * 4 * 2 * inputs.length);
});

/** Tokens of an image by the calculator of OpenAI's guide, as its users have read it from the page. */
function calculatedTokens(quality: "medium" | "high", width: number, height: number): number {
  const steps = { medium: 48, high: 96 }[quality];
  const short = Math.round(steps * Math.min(width, height) / Math.max(width, height));
  return Math.ceil(steps * short * (2_000_000 + width * height) / 4_000_000);
}

Deno.test("no bound is below what the service's own calculator says", () => {
  assert.equal(calculatedTokens("high", 1_024, 1_024), 7_024);
  assert.equal(calculatedTokens("high", 1_792, 1_024), 5_063);
  for (const [quality, sent] of [["standard", "medium"], ["hd", "high"]] as const) {
    const most = (operation: OperationId, size?: string): number =>
      estimateOf(operation, { quality, size }, "gpt-image-2");
    for (const size of ["1024x1024", "1792x1024", "1024x1792"]) {
      const [width = 0, height = 0] = size.split("x").map(Number);
      const usd = calculatedTokens(sent, width, height) * 30e-6;
      assert.ok(most("text-to-image", size) >= usd, size);
    }
    // Of any size that the service may choose by itself.
    const chosen = most("image-to-image");
    for (let width = 480; width <= 3_840; width += 16) {
      for (let height = 480; height <= 3_840; height += 16) {
        if (width * height > 8_294_400) continue;
        const usd = calculatedTokens(sent, width, height) * 30e-6;
        assert.ok(chosen >= usd, `${width}x${height}`);
      }
    }
  }
});

Deno.test("the simulated service lists no model that the bound was not compared with", () => {
  const listed = z.object({ data: z.array(z.object({ id: z.string() })) })
    .parse(listModels(new Date("2026-12-01")));
  const kinds = new Set(liveModels.map((model) => model.split("-")[2]));
  for (const { id } of listed.data) assert.ok(kinds.has(id.split("-")[2]), id);
});
