/**
 * What a request asks of its model, and whether that model does it.
 *
 * @module
 */
import { type ErrorName, OpenAiError } from "./errors.ts";
import type { ImageFields } from "./fields.ts";
import type { ImageRequest } from "./image_request.ts";
import { DEFAULT_MODEL, findAbilities, type ModelAbilities, type Quality } from "./models.ts";
import { resolveSize, type Size } from "./sizes.ts";

/** Everything left open by the request, decided. */
export interface Rendering {
  readonly model: string;
  readonly count: number;
  readonly size: Size;
  readonly quality: Exclude<Quality, "auto">;
  readonly background: "transparent" | "opaque";
  readonly format: NonNullable<ImageFields["output_format"]>;
  /** 0 to 100. */
  readonly compression: number;
}

/**
 * Decides what to draw.
 *
 * @throws OpenAiError when the model is unknown or dead, or cannot do what is
 * asked.
 */
export function resolveRendering(request: ImageRequest, now: Date): Rendering {
  const { fields, images } = request;
  const model = fields.model ?? DEFAULT_MODEL;
  const abilities = findAbilities(model, now);
  for (const { isBroken, error } of rules) {
    if (isBroken(request, abilities)) throw error(fields);
  }
  const { quality = "auto", background = "auto" } = fields;
  return {
    model,
    count: fields.n ?? 1,
    size: resolveSize(fields.size ?? "auto", abilities.sizes, images[0]),
    quality: quality === "auto" ? "medium" : quality,
    background: background === "auto" ? "opaque" : background,
    format: fields.output_format ?? "png",
    compression: fields.output_compression ?? 100,
  };
}

interface Rule {
  readonly isBroken: (request: ImageRequest, abilities: ModelAbilities) => boolean;
  readonly error: (fields: ImageFields) => OpenAiError;
}

const rules: readonly Rule[] = [
  {
    isBroken: ({ fields }) => fields.stream === true,
    error: () => fail("not_simulated", "stream", "Streaming is not simulated."),
  },
  {
    isBroken: ({ fields: { quality } }, { qualities }) =>
      quality !== undefined && !qualities.includes(quality),
    error: ({ quality }) =>
      fail("invalid_value", "quality", `Invalid value: '${quality}' for this model.`),
  },
  {
    isBroken: ({ fields }) =>
      fields.background === "transparent" && fields.output_format === "jpeg",
    error: () =>
      fail("unservable_value", "background", "Transparent background needs png or webp output."),
  },
  {
    isBroken: ({ fields }, { transparentBackground }) =>
      fields.background === "transparent" && !transparentBackground,
    error: () =>
      fail(
        "unservable_value",
        "background",
        "Transparent background is not supported for this model.",
      ),
  },
  {
    isBroken: ({ fields: { output_compression = 100, output_format = "png" } }) =>
      output_format === "png" && output_compression < 100,
    error: () =>
      fail(
        "unservable_value",
        "output_compression",
        "Compression less than 100 is not supported for PNG output format.",
      ),
  },
  {
    isBroken: ({ fields }, { inputFidelities }) =>
      fields.input_fidelity !== undefined && inputFidelities.length === 0,
    error: () =>
      fail(
        "invalid_input_fidelity_model",
        "input_fidelity",
        "This model does not support the 'input_fidelity' parameter.",
      ),
  },
  {
    isBroken: ({ fields: { input_fidelity } }, { inputFidelities }) =>
      input_fidelity !== undefined && !inputFidelities.includes(input_fidelity),
    error: ({ input_fidelity }) =>
      fail("invalid_value", "input_fidelity", `Invalid value: '${input_fidelity}' for this model.`),
  },
  {
    isBroken: ({ markup }, abilities) => markup !== undefined && !abilities.markup,
    error: () => fail("unservable_value", "markup", "This model does not support 'markup'."),
  },
  {
    isBroken: ({ mask, markup }) => mask !== undefined && markup !== undefined,
    error: () => fail("invalid_value", "markup", "'markup' cannot be used together with 'mask'."),
  },
  {
    isBroken: ({ mask, images: [first] }) =>
      mask !== undefined &&
      first !== undefined &&
      (mask.width !== first.width || mask.height !== first.height),
    error: () =>
      fail("invalid_image_file", "mask", "Invalid mask: mask size does not match image size."),
  },
  {
    isBroken: ({ mask }) => mask !== undefined && !mask.hasTransparency,
    error: () => fail("invalid_image_file", "mask", "Invalid mask: it has no transparent pixel."),
  },
];

function fail(name: ErrorName, param: string, message: string): OpenAiError {
  return new OpenAiError(name, message, { param });
}
