import assert from "node:assert/strict";
import type { Bytes } from "../shared/bytes.ts";
import type { Asset, CallContext } from "../shared/providers/adapter.ts";
import { drawImage, type ImageOrder } from "../simulators/images.ts";
import { describeFile, type FileDescription } from "../simulators/ledger.ts";
import { buildModel } from "../simulators/models.ts";

/** An input whose bytes a test knows. */
export interface InputFile extends Asset {
  readonly bytes: Bytes;
}

export function inputFile(bytes: Bytes, mediaType: string, extension: string): InputFile {
  return { bytes, content: new Blob([bytes]), mediaType, extension };
}

/** A picture as an app uploads it: a PNG of 640 pixels a side unless told otherwise. */
export async function aPicture(changes: Partial<ImageOrder> = {}): Promise<InputFile> {
  const order: ImageOrder = {
    width: 640,
    height: 640,
    seed: "input",
    index: 0,
    format: "png",
    ...changes,
  };
  const extension = order.format === "jpeg" ? "jpg" : order.format;
  return inputFile(await drawImage(order), `image/${order.format}`, extension);
}

export async function aModel(seed = "input"): Promise<InputFile> {
  return inputFile(await buildModel({ seed }), "model/gltf-binary", "glb");
}

/** Reads these files, by their addresses, and no others. */
export function reads(files: Readonly<Record<string, Asset>>): Pick<CallContext, "readAsset"> {
  return {
    readAsset: (address) => {
      const file = files[address];
      assert.ok(file, `No file at ${address}`);
      return Promise.resolve(file);
    },
  };
}

/** How a file stands on a simulated provider's books. */
export function described(name: string, { bytes, mediaType }: InputFile): FileDescription {
  return describeFile(name, mediaType, bytes);
}
