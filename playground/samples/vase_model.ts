/** Half of a vase's outline: radius and height, in metres. */
const OUTLINE = [[0, 0], [0.14, 0], [0.2, 0.12], [0.22, 0.24], [0.17, 0.38], [0.08, 0.48], [
  0.08,
  0.54,
], [0.12, 0.6]];
const SEGMENTS = 32;
const FLOATS = 5126;
const SHORTS = 5123;

/** A vase as a GLB, turned out of its outline, for whoever has no model yet. */
export function vaseModel(): Blob {
  const positions = new Float32Array(
    OUTLINE.flatMap(([radius = 0, height = 0]) =>
      Array.from({ length: SEGMENTS }, (_, segment) => {
        const angle = (2 * Math.PI * segment) / SEGMENTS;
        return [radius * Math.cos(angle), height, radius * Math.sin(angle)];
      }).flat()
    ),
  );
  const indices = new Uint16Array(
    OUTLINE.slice(1).flatMap((_, ring) =>
      Array.from({ length: SEGMENTS }, (_, segment) => {
        const next = (segment + 1) % SEGMENTS;
        const [a, b] = [ring * SEGMENTS + segment, ring * SEGMENTS + next];
        const [c, d] = [a + SEGMENTS, b + SEGMENTS];
        return [a, c, b, b, c, d];
      }).flat()
    ),
  );
  const description = describe(positions, indices);
  const json = new TextEncoder().encode(JSON.stringify(description));
  const content = [padded(json, 0x20), padded(bytesOf(positions), 0), padded(bytesOf(indices), 0)];
  return new Blob(glb(content), { type: "model/gltf-binary" });
}

function describe(positions: Float32Array, indices: Uint16Array): unknown {
  const [most, height] = [0.22, 0.6];
  return {
    asset: { version: "2.0", generator: "MakeIt3D playground" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: "Vase" }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1, material: 0 }] }],
    materials: [{
      doubleSided: true,
      pbrMetallicRoughness: { baseColorFactor: [0.31, 0.56, 0.6, 1], metallicFactor: 0 },
    }],
    accessors: [
      {
        bufferView: 0,
        componentType: FLOATS,
        count: positions.length / 3,
        type: "VEC3",
        min: [-most, 0, -most],
        max: [most, height, most],
      },
      { bufferView: 1, componentType: SHORTS, count: indices.length, type: "SCALAR" },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: positions.byteLength },
      { buffer: 0, byteOffset: positions.byteLength, byteLength: indices.byteLength },
    ],
    buffers: [{ byteLength: positions.byteLength + indices.byteLength }],
  };
}

/** The container: a header, the description, the numbers. */
function glb([json, ...binary]: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer>[] {
  const jsonLength = json?.length ?? 0;
  const binaryLength = binary.reduce((sum, { length }) => sum + length, 0);
  const chunk = (length: number, kind: number): Uint8Array<ArrayBuffer> =>
    bytesOf(new Uint32Array([length, kind]));
  const total = 12 + 8 + jsonLength + 8 + binaryLength;
  return [
    bytesOf(new Uint32Array([0x46546c67, 2, total])),
    chunk(jsonLength, 0x4e4f534a),
    ...(json ? [json] : []),
    chunk(binaryLength, 0x004e4942),
    ...binary,
  ];
}

function bytesOf(numbers: { readonly buffer: ArrayBufferLike }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(numbers.buffer));
}

/** Chunks end where four bytes do. */
function padded(bytes: Uint8Array<ArrayBuffer>, filler: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  whole.set(bytes);
  return whole;
}
