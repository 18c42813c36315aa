/**
 * Builds the 3D models that the simulated providers sell.
 *
 * @module
 */
import { Document, WebIO } from "@gltf-transform/core";
import { createHash } from "node:crypto";
import { drawImage, type Shown } from "./images.ts";

/** What it shows of its order is on its surface. */
export interface ModelOrder extends Shown {
  /** What the model depends on, for example the prompt and the inputs' hashes. */
  readonly seed: string;
  /** Whether the surface carries a picture. Default: true. */
  readonly textured?: boolean;
}

/** A cube of one unit: of each face its normal, and where right and up are for who looks at it. */
const FACES = [
  [[1, 0, 0], [0, 0, -1], [0, 1, 0]],
  [[-1, 0, 0], [0, 0, 1], [0, 1, 0]],
  [[0, 1, 0], [1, 0, 0], [0, 0, -1]],
  [[0, -1, 0], [1, 0, 0], [0, 0, 1]],
  [[0, 0, 1], [1, 0, 0], [0, 1, 0]],
  [[0, 0, -1], [-1, 0, 0], [0, 1, 0]],
] as const;
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;

/** In pixels: with words it must be large enough to read them. */
const SURFACE = { width: 64, height: 64 };
const CAPTIONED_SURFACE = { width: 256, height: 256 };

/**
 * A GLB of a cube whose picture, or whose plain colour, shows the SHA-256 of the seed; its one node is
 * named after it. Equal orders give equal bytes.
 */
export async function buildModel(
  { seed, textured = true, caption, inputs }: ModelOrder,
): Promise<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256").update(seed).digest();
  const document = new Document();
  const buffer = document.createBuffer();
  const accessor = (
    type: "VEC2" | "VEC3" | "SCALAR",
    array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
  ) => document.createAccessor().setBuffer(buffer).setType(type).setArray(array);

  const material = document.createMaterial().setRoughnessFactor(1).setMetallicFactor(0);
  if (textured) {
    const size = caption ? CAPTIONED_SURFACE : SURFACE;
    const picture = await drawImage({ ...size, seed, caption, inputs, index: 0, format: "png" });
    const texture = document.createTexture().setMimeType("image/png").setImage(picture);
    material.setBaseColorTexture(texture);
  } else {
    const [red = 0, green = 0, blue = 0] = hash;
    material.setBaseColorFactor([red / 255, green / 255, blue / 255, 1]);
  }

  const primitive = document.createPrimitive()
    .setMaterial(material)
    .setIndices(accessor("SCALAR", triangles()))
    .setAttribute("POSITION", accessor("VEC3", positions()))
    .setAttribute(
      "TEXCOORD_0",
      // A picture begins at its top.
      accessor(
        "VEC2",
        Float32Array.from(FACES.flatMap(() => CORNERS.flatMap(([x, y]) => [x, 1 - y]))),
      ),
    );
  const node = document.createNode(hash.toString("hex"))
    .setMesh(document.createMesh().addPrimitive(primitive));
  document.createScene().addChild(node);
  return await new WebIO().writeBinary(document);
}

function positions(): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    FACES.flatMap(([normal, right, up]) =>
      CORNERS.flatMap(([x, y]) =>
        [0, 1, 2].map((axis) =>
          ((normal[axis] ?? 0) + (2 * x - 1) * (right[axis] ?? 0) + (2 * y - 1) * (up[axis] ?? 0)) /
          2
        )
      )
    ),
  );
}

function triangles(): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(
    FACES.flatMap((_, face) => [0, 1, 2, 0, 2, 3].map((corner) => 4 * face + corner)),
  );
}

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const PADDING_BYTES = 1 << 20;

/**
 * The same model with a chunk behind it that readers have to skip (glTF 2.0, 4.4.1), so that the file
 * has exactly this many bytes, a multiple of 4; made on the way, never as a whole in memory.
 */
export function padModel(
  model: Uint8Array<ArrayBuffer>,
  totalBytes: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = totalBytes - model.length - CHUNK_HEADER_BYTES;
  if (left < 0 || totalBytes % 4 !== 0) throw new RangeError(`Cannot pad to ${totalBytes} bytes`);
  const start = new Uint8Array(model.length + CHUNK_HEADER_BYTES);
  start.set(model);
  const view = new DataView(start.buffer);
  view.setUint32(HEADER_BYTES - 4, totalBytes, true);
  view.setUint32(model.length, left, true);
  start.set(new TextEncoder().encode("PADD"), model.length + 4);
  return new ReadableStream({
    start: (controller) => controller.enqueue(start),
    pull(controller): void {
      const size = Math.min(left, PADDING_BYTES);
      if (size === 0) return controller.close();
      left -= size;
      controller.enqueue(new Uint8Array(size));
    },
  });
}
