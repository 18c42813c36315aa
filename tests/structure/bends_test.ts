import assert from "node:assert/strict";
import { repository } from "../../tools/local/stack/folders.ts";

const FOLDER = `${repository}/tools/local/stack/gateway/bends`;

Deno.test("all that the local gateway bends stands in one list, with what should be mended", async () => {
  const page = await Deno.readTextFile(`${FOLDER}/README.md`);
  const listed = [...page.matchAll(/^\| `([a-z_]+\.ts)` +\| .+ \| .+ \| .+ \|$/gm)]
    .map(([, name]) => name);
  const files = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
    .filter((name) => name.endsWith(".ts") && !name.endsWith("_test.ts"));
  assert.deepEqual(listed.sort(), files.sort());
});
