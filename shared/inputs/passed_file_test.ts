import assert from "node:assert/strict";
import { HEAD_BYTES, TAIL_BYTES } from "./file_view.ts";
import { PassedFile } from "./passed_file.ts";

const KEPT = HEAD_BYTES + TAIL_BYTES;

function bytesUpTo(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => index % 251);
}

function passed(bytes: Uint8Array, partLength: number): PassedFile {
  const file = new PassedFile();
  for (let place = 0; place < bytes.length; place += partLength) {
    file.add(bytes.subarray(place, place + partLength));
  }
  return file;
}

Deno.test("of a file that went by, its head and its tail can be read, in parts of any length", async (t) => {
  for (const length of [0, 1, HEAD_BYTES, KEPT - 1, KEPT, KEPT + 1, 3 * HEAD_BYTES]) {
    for (const partLength of [1_000, TAIL_BYTES - 1, HEAD_BYTES + 7, 10 * HEAD_BYTES]) {
      await t.step(`${length} bytes in parts of ${partLength}`, async () => {
        const bytes = bytesUpTo(length);
        const file = passed(bytes, partLength);
        assert.equal(file.size, length);
        const head = Math.min(length, HEAD_BYTES);
        const tail = Math.max(0, length - TAIL_BYTES);
        assert.deepEqual(await file.read(0, head), bytes.slice(0, head));
        assert.deepEqual(await file.read(tail, length), bytes.slice(tail));
        if (length <= KEPT) assert.deepEqual(await file.read(0, length), bytes);
      });
    }
  }
});

Deno.test("what lies between reads as gone", async () => {
  const file = passed(bytesUpTo(3 * HEAD_BYTES), 1_000);
  assert.ok((await file.read(HEAD_BYTES - 10, HEAD_BYTES + 10)).length < 20);
  assert.equal((await file.read(HEAD_BYTES + 1, HEAD_BYTES + 10)).length, 0);
});
