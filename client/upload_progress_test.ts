import assert from "node:assert/strict";
import { UploadProgress } from "./upload_progress.ts";

function progressOf(...sizes: readonly number[]): {
  readonly progress: UploadProgress;
  readonly told: readonly (readonly [number, number])[];
} {
  const told: (readonly [number, number])[] = [];
  return { progress: new UploadProgress(sizes, (sent, total) => told.push([sent, total])), told };
}

Deno.test("what is sent of several files is told as one sum, each sum once", () => {
  const { progress, told } = progressOf(100, 0, 50);
  progress.note(0, 0);
  progress.note(0, 60);
  progress.note(2, 50);
  progress.note(2, 50);
  progress.note(0, 100);
  assert.deepEqual(told, [[0, 150], [60, 150], [110, 150], [150, 150]]);
});

Deno.test("a file that is sent again goes back", () => {
  const { progress, told } = progressOf(100, 50);
  for (const bytes of [80, 0, 100]) progress.note(0, bytes);
  assert.deepEqual(told.map(([sent]) => sent), [0, 80, 0, 100]);
});

Deno.test("nothing is told where nothing is sent, and nothing after the end", () => {
  assert.deepEqual(progressOf(0, 0).told, []);
  const { progress, told } = progressOf(100, 50);
  progress.end();
  progress.note(1, 50);
  assert.deepEqual(told, [[0, 150]]);
});
