/**
 * What each endpoint takes and gives.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import {
  generationFields,
  type ImageFields,
  imageToImageFields,
  inpaintFields,
  removeBackgroundFields,
} from "./fields.ts";
import type { InputImage } from "./input_image.ts";
import {
  renderGeneration,
  renderImageToImage,
  type Rendering,
  renderInpaint,
  renderRemoval,
} from "./rendering.ts";
import { type InputNames, readRequest, type RecraftRequest, type RequestShape } from "./request.ts";

/** A request whose model can do what is asked. */
export interface AcceptedRequest extends Omit<RecraftRequest<Partial<ImageFields>>, "images"> {
  readonly rendering: Rendering;
  readonly images: readonly InputImage[];
}

export interface Endpoint {
  readonly path: string;
  /** Our contract's name for it. */
  readonly operation: string;
  /** Whether the answer has a list of pictures, or the one. */
  readonly isList: boolean;
  /** @throws RecraftError when anything in the request is invalid. */
  readonly read: (request: Request) => Promise<AcceptedRequest>;
}

const image: InputNames = { form: ["image"], json: ["image_url"] };
const mask: InputNames = { form: ["mask"], json: ["mask_url"] };
const imageOrFile: InputNames = { form: ["image", "file"], json: ["image_url"] };

export const endpoints: readonly Endpoint[] = [
  {
    path: "/v1/images/generations",
    operation: "text-to-image",
    isList: true,
    read: reader({ fields: generationFields, inputs: [] }, renderGeneration),
  },
  {
    path: "/v1/images/imageToImage",
    operation: "image-to-image",
    isList: true,
    read: reader({ fields: imageToImageFields, inputs: [image] }, renderImageToImage),
  },
  {
    path: "/v1/images/inpaint",
    operation: "image-inpaint",
    isList: true,
    read: reader({ fields: inpaintFields, inputs: [image, mask] }, renderInpaint),
  },
  {
    path: "/v1/images/removeBackground",
    operation: "remove-background",
    isList: false,
    read: reader({ fields: removeBackgroundFields, inputs: [imageOrFile] }, renderRemoval),
  },
];

function reader<Fields extends Partial<ImageFields>>(
  shape: RequestShape<Fields>,
  render: (fields: Fields, ...images: InputImage[]) => Rendering,
): Endpoint["read"] {
  return async (request) => {
    const read = await readRequest(request, shape);
    return { ...read, rendering: render(read.fields, ...read.images) };
  };
}
