import assert from "node:assert/strict";
import { drawImage, type ImageOrder } from "../../dev/simulators/images.ts";
import { describeFile, type FileDescription } from "../../dev/simulators/ledger.ts";
import { buildModel } from "../../dev/simulators/models.ts";
import type { Asset, CallContext } from "../providers/adapter.ts";

/** A picture as an app uploads it: a PNG of 640 pixels a side unless told otherwise. */
export async function aPicture(changes: Partial<ImageOrder> = {}): Promise<Asset> {
  const order: ImageOrder = {
    width: 640,
    height: 640,
    seed: "input",
    index: 0,
    format: "png",
    ...changes,
  };
  const extension = order.format === "jpeg" ? "jpg" : order.format;
  return { bytes: await drawImage(order), mediaType: `image/${order.format}`, extension };
}

export async function aModel(seed = "input"): Promise<Asset> {
  return { bytes: await buildModel({ seed }), mediaType: "model/gltf-binary", extension: "glb" };
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
export function described(name: string, { bytes, mediaType }: Asset): FileDescription {
  return describeFile(name, mediaType, bytes);
}
