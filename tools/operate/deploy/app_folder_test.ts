import assert from "node:assert/strict";
import { join } from "node:path";
import { type App, withApp } from "../../../testing/app_folder.ts";
import { repository } from "../../local/stack/folders.ts";
import { copyMigrations, ownMigrations, readAppFolder } from "./app_folder.ts";

const names = [...Deno.readDirSync(join(repository, "supabase/migrations"))]
  .map(({ name }) => name).sort();

Deno.test("an app's folder lacks our migrations, until they are copied", async () => {
  await withApp(async (app) => {
    const before = await app.read();
    const found = await readAppFolder(app.folder);
    assert.deepEqual(found, { folder: app.folder, missingMigrations: names, collisions: [] });
    await copyMigrations(found);
    assert.deepEqual((await readAppFolder(app.folder)).missingMigrations, []);
    const after = await app.read();
    assert.deepEqual(
      Object.keys(after).filter((path) => !(path in before)).sort(),
      names.map((name) => `migrations/${name}`),
    );
    for (const [path, text] of Object.entries(before)) assert.equal(after[path], text, path);
  });
});

Deno.test("a folder without migrations gets the folder for them", async () => {
  await withApp(async (app) => {
    await Deno.remove(join(app.folder, "supabase/migrations"), { recursive: true });
    await copyMigrations(await readAppFolder(app.folder));
    assert.equal((await ownMigrations()).length, names.length);
    assert.deepEqual((await readAppFolder(app.folder)).missingMigrations, []);
  });
});

Deno.test("what is in the way is named", async (t) => {
  const [first = ""] = names;
  const cases: Readonly<Record<string, (app: App) => Promise<void>>> = {
    "function worker of the app's folder": ({ write }) => write("functions/worker/index.ts", ""),
    "function tasks of the app's folder": ({ write }) =>
      write("config.toml", "[functions.tasks]\nverify_jwt = true\n"),
    "function tasks-status of the app's folder": ({ write }) =>
      write("config.toml", '  [functions."tasks-status"]\n'),
    "schema private among those that the app's config.toml exposes": ({ write }) =>
      write("config.toml", '[api]\nport = 1\nschemas = ["public", "private"]\n[db]\n'),
    "schema monitoring among those that the app's config.toml exposes": ({ write }) =>
      write("config.toml", "[api]\nschemas = [\n  'public',\n  'monitoring',\n]\n"),
    "schema pgmq among those that the app's config.toml exposes": ({ write }) =>
      write("config.toml", '[api]\nextra_search_path = ["pgmq"]\n'),
    [`another text of the migration ${first}`]: ({ write }) => write(`migrations/${first}`, ""),
  };
  for (const [words, change] of Object.entries(cases)) {
    await t.step(words, async () => {
      await withApp(async (app) => {
        await change(app);
        assert.deepEqual((await readAppFolder(app.folder)).collisions, [words]);
      });
    });
  }
});

Deno.test("what only looks like it is not", async () => {
  await withApp(async (app) => {
    await app.write(
      "config.toml",
      '[api]\n# schemas = ["private"]\nschemas = ["public"]\n[other]\nschemas = ["private"]\n' +
        "# [functions.worker]\n[functions.worker-of-mine]\n",
    );
    await app.write("functions/accounts/index.ts", "");
    assert.deepEqual((await readAppFolder(app.folder)).collisions, []);
  });
});

Deno.test("a folder that is no app's is refused", async () => {
  await assert.rejects(readAppFolder("/tmp/no such folder"), /has no supabase\/config\.toml/);
});
