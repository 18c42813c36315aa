import assert from "node:assert/strict";
import { join } from "node:path";
import { providerIds, providers } from "../../shared/providers/catalog.ts";
import { settings as account } from "../../supabase/functions/account/settings.ts";
import { settings as generation } from "../../supabase/functions/generation/settings.ts";
import { settings as operator } from "../../supabase/functions/operator/settings.ts";
import { settings as tasksStatus } from "../../supabase/functions/tasks-status/settings.ts";
import { settings as worker } from "../../supabase/functions/worker/settings.ts";
import { repository } from "../../tools/local/stack/folders.ts";

const names = [
  ...new Set(
    [account, generation, operator, tasksStatus, worker].flatMap(({ shape }) => Object.keys(shape)),
  ),
].sort();

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(join(repository, path));
}

Deno.test("docs/settings.md names every setting of the functions, and no other", async () => {
  const named = (await read("docs/settings.md")).matchAll(/(?<=`)[A-Z]+(?:_[A-Z]+)*(?=[`=])/g);
  const inPage = new Set([...named].map(([name]) => name));
  assert.deepEqual(names.filter((name) => !inPage.has(name)), []);
  assert.deepEqual([...inPage].filter((name) => !names.includes(name)), []);
});

Deno.test("the examples of settings set what there is", async (t) => {
  for (const file of [".env.example", ".env.production.example"]) {
    await t.step(file, async () => {
      const set = [...(await read(file)).matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) =>
        name
      );
      const keys = providerIds.map((id) => providers[id].apiKeySetting);
      assert.deepEqual(keys.filter((key) => !set.includes(key)), []);
      assert.deepEqual(set.filter((name = "") => !names.includes(name)), []);
    });
  }
});
