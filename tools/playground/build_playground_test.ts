import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPlayground } from "./build_playground.ts";

/** What a visitor loads before anything of the 3D viewer, in bytes after gzip. */
const LIMIT = 150_000;
const STATIC_IMPORT = /\b(?:from|import)\s*"\.\/([^"]+)"/g;

Deno.test("the playground's page is small before the viewer is loaded", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    await buildPlayground(folder);
    const names = await staticallyLoaded(folder, "main.js");
    const sizes = [...names, "index.html", "main.css", "icon.svg"].map((name) =>
      gzipSync(Deno.readFileSync(join(folder, name))).length
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    await t.step(`${total} bytes of ${LIMIT}`, () => assert.ok(total <= LIMIT));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** A program's file, and those that it cannot begin without. */
async function staticallyLoaded(folder: string, entry: string): Promise<Set<string>> {
  const names = new Set([entry]);
  for (const name of names) {
    const program = await Deno.readTextFile(join(folder, name));
    for (const [, imported = ""] of program.matchAll(STATIC_IMPORT)) names.add(imported);
  }
  return names;
}
