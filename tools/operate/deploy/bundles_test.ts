import assert from "node:assert/strict";
import { configOfBundles, FUNCTIONS } from "./bundles.ts";

const config = await Deno.readTextFile(
  new URL("../../../supabase/config.toml", import.meta.url),
);

Deno.test("every function of the project is bundled from its own code", () => {
  const sections = [
    ...config.matchAll(/^\[functions\.([\w-]+)\]\n(?:(?!\[).*\n)*?entrypoint = "(.*)"/gm),
  ];
  assert.deepEqual(
    sections.map(([, name = "", entry]) => [name, entry]),
    Object.entries(FUNCTIONS).sort(([one], [other]) =>
      config.indexOf(`functions.${one}]`) - config.indexOf(`functions.${other}]`)
    ).map(([name, code]) => [name, `./functions/${code}/index.ts`]),
  );
});

Deno.test("of the project's settings only the places of functions change", () => {
  const bundled = configOfBundles(config);
  const changed = (text: string): string[] =>
    text.split("\n").filter((line) => /^(?:entrypoint|import_map)/.test(line));
  const kept = (text: string): string[] =>
    text.split("\n").filter((line) => !/^(?:entrypoint|import_map)/.test(line));
  assert.deepEqual(kept(bundled), kept(config));
  assert.deepEqual(
    new Set(changed(bundled)),
    new Set([
      ...Object.keys(FUNCTIONS).map((name) => `entrypoint = "./functions/${name}/index.js"`),
      'import_map = "./functions/deno.json"',
    ]),
  );
});
