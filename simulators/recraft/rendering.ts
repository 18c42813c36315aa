/**
 * What a request asks of its model, and whether that model does it.
 *
 * @module
 */
import type { ImageFormat } from "../images.ts";
import { RecraftError } from "./errors.ts";
import type { ImageFields, OutputFields } from "./fields.ts";
import { checkMask, type InputImage } from "./input_image.ts";
import {
  DEFAULT_MODEL,
  type Family,
  findModel,
  type Model,
  REMOVE_BACKGROUND_UNITS,
} from "./models.ts";
import type { Size } from "./sizes.ts";
import { findStyle } from "./style_choice.ts";

/** Everything left open by the request, decided. */
export interface Rendering {
  /** As the ledger names it. */
  readonly model: string;
  readonly count: number;
  readonly size: Size;
  readonly format: Extract<ImageFormat, "png" | "webp"> | "svg";
  readonly transparent: boolean;
  /** API units for all pictures together. */
  readonly units: number;
}

type Ability = keyof Pick<Family, "imageToImage" | "inpaint">;

/** @throws RecraftError when the model is unknown or cannot do what is asked. */
export function renderGeneration(fields: ImageFields): Rendering {
  const model = requireModel(fields);
  const size = model.family.sizes.get(fields.size ?? "1:1");
  const isInPixels = /x/.test(fields.size ?? "");
  // By the appendix; whether the service really refuses them is not proven.
  if (size === undefined || (model.isVector && isInPixels)) {
    refuse("size", `'${fields.size}' is not drawn by ${model.id}`);
  }
  return renderPrompt(fields, model, size);
}

/** @throws RecraftError when the model is unknown or cannot do what is asked. */
export function renderImageToImage(fields: ImageFields, image: InputImage): Rendering {
  return renderPrompt(fields, requireModel(fields, "imageToImage"), image);
}

/** @throws RecraftError when the mask does not fit, or the model cannot do what is asked. */
export function renderInpaint(
  fields: ImageFields,
  image: InputImage,
  mask: InputImage,
): Rendering {
  const model = requireModel(fields, "inpaint");
  checkMask(mask, image);
  return renderPrompt(fields, model, image);
}

/** @throws RecraftError when something is asked that is not simulated. */
export function renderRemoval(fields: OutputFields, { width, height }: InputImage): Rendering {
  refuseUpscale(fields);
  return {
    model: "removeBackground",
    count: 1,
    size: { width, height },
    format: fields.image_format ?? "webp",
    transparent: true,
    units: REMOVE_BACKGROUND_UNITS,
  };
}

function renderPrompt(fields: ImageFields, model: Model, { width, height }: Size): Rendering {
  for (const { isBroken, field, reason } of rules) {
    if (isBroken(fields, model.family)) refuse(field, reason);
  }
  refuseNotSimulated(fields);
  const style = findStyle(fields, model);
  const isVector = model.isVector || style?.isVector === true;
  const { raster, vector = raster } = model.family.units;
  const count = fields.n ?? 1;
  return {
    model: model.id,
    count,
    size: { width, height },
    format: isVector ? "svg" : fields.image_format ?? "webp",
    transparent: false,
    units: count * (isVector ? vector : raster),
  };
}

/** Inpainting has the same default as the others, although it cannot serve it. */
function requireModel({ model: id = DEFAULT_MODEL }: ImageFields, ability?: Ability): Model {
  if (id.endsWith("_raster")) {
    throw new RecraftError("not_simulated", "model: this spelling is not simulated");
  }
  const model = findModel(id);
  if (model === undefined) refuse("model", `'${id}' does not exist`);
  if (ability !== undefined && !model.family[ability]) refuse("model", `${id} cannot do this`);
  return model;
}

interface Rule {
  readonly field: keyof ImageFields;
  readonly reason: string;
  readonly isBroken: (fields: ImageFields, family: Family) => boolean;
}

const rules: readonly Rule[] = [
  {
    field: "prompt",
    reason: "is too long for this model",
    isBroken: ({ prompt }, { promptMaximum }) => [...prompt].length > promptMaximum,
  },
  {
    field: "style_id",
    reason: "cannot be used together with style or substyle",
    isBroken: ({ style_id, style, substyle }) =>
      style_id !== undefined && (style !== undefined || substyle !== undefined),
  },
  {
    field: "style_id",
    reason: "is not known to this model",
    isBroken: ({ style_id }, { ownStyles }) => style_id !== undefined && !ownStyles,
  },
  {
    field: "style_id",
    reason: "is required by this model",
    isBroken: ({ style_id, style_reference_urls, style_references }, { needsOwnStyle }) =>
      needsOwnStyle && (style_id ?? style_reference_urls ?? style_references) === undefined,
  },
  {
    field: "negative_prompt",
    reason: "is not known to this model",
    isBroken: ({ negative_prompt }, { styles }) =>
      negative_prompt !== undefined && styles.length === 0,
  },
  {
    field: "text_layout",
    reason: "is not known to this model",
    isBroken: ({ text_layout }, family) => text_layout !== undefined && !family.textLayout,
  },
];

function refuseNotSimulated(fields: ImageFields): void {
  refuseUpscale(fields);
  if ((fields.style_reference_urls ?? fields.style_references) !== undefined) {
    throw new RecraftError("not_simulated", "style references are not simulated");
  }
}

function refuseUpscale({ upscale }: Pick<ImageFields, "upscale">): void {
  if (upscale !== undefined) throw new RecraftError("not_simulated", "upscale: is not simulated");
}

function refuse(field: string, reason: string): never {
  throw new RecraftError("invalid_parameter", `${field}: ${reason}`);
}
