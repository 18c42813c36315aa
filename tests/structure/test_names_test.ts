import assert from "node:assert/strict";
import { repository } from "../../tools/local/stack/folders.ts";

const FOLDERS = [
  "bench",
  "client",
  "shared",
  "simulators",
  "supabase/functions",
  "testing",
  "tools",
];

/** Its tests have a file for each provider, and are all of the worker's step. */
const TABLES_OF_FAILURES = "supabase/functions/worker/step/provider_failures";

/** Whether a test is named after a file beside it: `<file>_test.ts` or `<file>_<aspect>_test.ts`. */
function hasSubject(test: string, files: ReadonlySet<string>): boolean {
  const words = test.replace(/_test\.ts$/, "").split("_");
  return words.some((_, end) => files.has(`${words.slice(0, words.length - end).join("_")}.ts`));
}

async function testsWithoutSubject(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${repository}/${folder}`));
  const files = new Set(entries.filter(({ isFile }) => isFile).map(({ name }) => name));
  const lost = [...files].filter((name) => name.endsWith("_test.ts") && !hasSubject(name, files));
  const below = entries.filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => testsWithoutSubject(`${folder}/${name}`));
  return [...lost.map((name) => `${folder}/${name}`), ...(await Promise.all(below)).flat()];
}

Deno.test("each unit test is named after a file beside it", async () => {
  const lost = (await Promise.all(FOLDERS.map(testsWithoutSubject))).flat();
  assert.deepEqual(lost.filter((path) => !path.startsWith(TABLES_OF_FAILURES)), []);
});

Deno.test("a test of nothing beside it is noticed", () => {
  const files = new Set(["retry.ts", "read_json.ts"]);
  assert.ok(hasSubject("retry_test.ts", files));
  assert.ok(hasSubject("read_json_large_bodies_test.ts", files));
  assert.ok(!hasSubject("json_test.ts", files));
});
