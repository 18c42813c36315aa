import assert from "node:assert/strict";
import { SEED } from "../tools/local/stack/settings.ts";

const migrations = new URL("migrations/", import.meta.url);
const seed = await Deno.readTextFile(new URL("seed.sql", import.meta.url));

const files = [...Deno.readDirSync(migrations)].map(({ name }) => name).sort();
const texts = await Promise.all(files.map((name) => Deno.readTextFile(new URL(name, migrations))));

/** What only a development machine may have; a deploy runs the migrations and not the seed. */
const developmentOnly = [
  ...[...SEED.users, SEED.operator].map(({ email }) => email),
  ...(seed.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []),
  SEED.apiKey,
  SEED.apiKey.slice(0, 16),
];

Deno.test("the test users and the development key are in the seed", () => {
  for (const words of developmentOnly) assert.ok(seed.includes(words), words);
  assert.ok(developmentOnly.length >= 8);
});

Deno.test("no migration has them, nor any other user, key or secret", async (t) => {
  assert.ok(files.length > 0);
  for (const [index, file] of files.entries()) {
    await t.step(file, () => {
      const text = texts[index] ?? "";
      for (const words of developmentOnly) assert.ok(!text.includes(words), words);
      assert.doesNotMatch(text, /insert\s+into\s+(?:auth\.|private\.api_keys|vault\.)/i);
      assert.doesNotMatch(text, /@[\w-]+\.(?:com|org|example)\b|gen_salt|vault\.create_secret\('/i);
    });
  }
});

Deno.test("the platform is told to seed nothing, wherever it would", async () => {
  const config = await Deno.readTextFile(new URL("config.toml", import.meta.url));
  const sections = [...config.matchAll(/^\[([\w.]*db\.seed)\]\n((?:(?!\[).*\n)*)/gm)];
  assert.deepEqual(sections.map(([, name]) => name), ["db.seed"]);
  assert.match(sections[0]?.[2] ?? "", /^enabled = false\nsql_paths = \[\]$/m);
});

Deno.test("the seed is one statement that begins with its refusal", () => {
  const code = seed.replaceAll(/--.*$/gm, "").trim();
  assert.match(code, /^do \$seed\$\s*begin\s*if current_setting\('makeit3d\.is_local', true\)/);
  assert.match(code, /end;\s*\$seed\$;$/);
  assert.equal(code.match(/\$seed\$/g)?.length, 2);
});
