import assert from "node:assert/strict";
import { localFile } from "../request/testing.ts";
import { kindOf } from "./file_preview.tsx";

Deno.test("a file without a picture is shown by its kind", () => {
  const names = ["vase.glb", "notes.txt", "a.b.PDF", "README", "odd.a-b"];
  assert.deepEqual(names.map((name) => kindOf(localFile(name))), ["3D", "TXT", "PDF", "?", "?"]);
});
