import type { Gltf, GltfAccessor, GltfPrimitive } from "./gltf.ts";
import { at, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where something begins and ends along x, y and z. */
type Box = readonly [Range, Range, Range];

/** The largest number of each type that stands for a part of one (glTF 2.0, 3.11). */
const LARGEST: Readonly<Record<number, number>> = {
  5120: 127,
  5121: 255,
  5122: 32_767,
  5123: 65_535,
};

/** Where meshes stand is in the bytes behind the description. */
const INSTANCES = "EXT_mesh_gpu_instancing";

/** Beyond them there is only what numbers of four bytes leave of one. */
const DIGITS = 6;

/**
 * Length of the default scene along x, y and z: of the boxes around its meshes, as its nodes turn
 * them. Undefined if the description does not tell.
 */
export function sceneSize(description: Gltf): number[] | undefined {
  const boxes = boxesOf(description);
  if (!boxes || boxes.length === 0) return undefined;
  const size = [0, 1, 2].map((axis) => {
    const ranges = boxes.map((box) => box[axis] ?? { from: NaN, to: NaN });
    const from = ranges.reduce((least, range) => Math.min(least, range.from), Infinity);
    const to = ranges.reduce((most, range) => Math.max(most, range.to), -Infinity);
    return Number((to - from).toPrecision(DIGITS));
  });
  return size.every((length) => Number.isFinite(length) && length >= 0) ? size : undefined;
}

/** Around each primitive of the scene; undefined if one cannot be told, or a node is in two places. */
function boxesOf({ scenes, scene, nodes, meshes, accessors }: Gltf): Box[] | undefined {
  const boxes: Box[] = [];
  const seen = new Set<number>();
  const left = (scenes[scene]?.nodes ?? []).map((index) => ({ index, outer: IDENTITY }));
  for (let next = left.pop(); next; next = left.pop()) {
    const node = nodes[next.index];
    if (!node || seen.has(next.index) || INSTANCES in node.extensions) return undefined;
    seen.add(next.index);
    const matrix = multiply(next.outer, matrixOf(node));
    left.push(...node.children.map((index) => ({ index, outer: matrix })));
    const primitives = node.mesh === undefined ? [] : meshes[node.mesh]?.primitives ?? [];
    for (const primitive of primitives) {
      const box = boxOf(primitive, accessors);
      if (!box) return undefined;
      boxes.push(turned(box, matrix));
    }
  }
  return boxes;
}

function boxOf({ attributes }: GltfPrimitive, accessors: readonly GltfAccessor[]): Box | undefined {
  const accessor = accessors[attributes.POSITION ?? -1];
  if (accessor?.min?.length !== 3 || accessor.max?.length !== 3) return undefined;
  const { min, max, normalized, componentType } = accessor;
  const largest = normalized ? LARGEST[componentType] ?? 1 : 1;
  const part = (value = NaN): number => Math.max(value / largest, normalized ? -1 : -Infinity);
  const range = (axis: number): Range => ({ from: part(min[axis]), to: part(max[axis]) });
  const box: Box = [range(0), range(1), range(2)];
  return box.every(({ from, to }) => from <= to) ? box : undefined;
}

/** The box around all corners of a box where a matrix moves them. */
function turned(box: Box, matrix: Matrix): Box {
  const range = (row: number): Range => {
    let from = at(matrix, row, 3);
    let to = from;
    for (const [column, side] of box.entries()) {
      const ends = [side.from, side.to].map((end) => end * at(matrix, row, column));
      from += Math.min(...ends);
      to += Math.max(...ends);
    }
    return { from, to };
  };
  return [range(0), range(1), range(2)];
}
