import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { countLines } from "../soak/peers/app.ts";
import manifest from "../soak/peers/apps/package.json" with { type: "json" };

const apps = join(repository, "tests/soak/peers/apps");

/** The cells of a row of the page's table, by its first. */
async function cellsOf(row: string): Promise<readonly string[]> {
  const page = await Deno.readTextFile(join(repository, "docs/client.md"));
  const line = page.split("\n").find((line) => line.startsWith(`| ${row} `));
  assert.ok(line, row);
  return line.split("|").slice(2, -1).map((cell) => cell.trim());
}

Deno.test("the table beside others names the versions that are run", async () => {
  const { dependencies } = manifest;
  assert.deepEqual((await cellsOf("What happens")).slice(1), [
    `@fal-ai/client ${dependencies["@fal-ai/client"]}`,
    `replicate ${dependencies.replicate}`,
  ]);
});

Deno.test("the table beside others has the lines of the programs", async () => {
  const counted = await Promise.all(["makeit3d", "fal", "replicate"].map(async (name) => {
    const counts = [name, `${name}_kept`].map((program) => countLines(apps, program));
    return (await Promise.all(counts)).join(", ");
  }));
  const told = (await cellsOf("lines of the app")).map((cell) => /^\d+, \d+/.exec(cell)?.[0]);
  assert.deepEqual(told, counted);
});
