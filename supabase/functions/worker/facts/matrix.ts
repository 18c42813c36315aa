import type { GltfNode } from "./gltf.ts";

/** Four columns of four numbers, one behind the other, as glTF writes them. */
export type Matrix = readonly number[];

export const IDENTITY: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** The number in a row and a column. */
export function at(matrix: Matrix, row: number, column: number): number {
  return matrix[4 * column + row] ?? 0;
}

/** What does `inner` first, and then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const result: number[] = [];
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += at(outer, row, k) * at(inner, k, column);
      result.push(sum);
    }
  }
  return result;
}

/** How a node moves what is in it. */
export function matrixOf({ matrix, translation, rotation, scale }: GltfNode): Matrix {
  if (matrix) return matrix;
  const [x, y, z, w] = rotation;
  const [sx, sy, sz] = scale;
  return [
    ...[1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)].map((n) => n * sx),
    0,
    ...[2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)].map((n) => n * sy),
    0,
    ...[2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)].map((n) => n * sz),
    0,
    ...translation,
    1,
  ];
}
