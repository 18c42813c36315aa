import assert from "node:assert/strict";
import { MakeIt3D } from "../../client/client.ts";
import clientPackage from "../../client/deno.json" with { type: "json" };
import { FILE_FIELDS } from "../../client/requests.ts";
import { operationIds } from "../contract/operations.ts";
import { openApiDocument } from "../openapi/document.ts";
import { providersOf } from "../providers/catalog.ts";
import { CLIENT_PROGRAM } from "./client_program.ts";
import { readDocument } from "./document.ts";
import { fullText, shortText } from "./plain_text.ts";
import { renderReference } from "./render.ts";

const url = "https://project.example/functions/v1";
const short = shortText(url);
const full = fullText(url);

Deno.test("both texts begin with the client's program, in at most 32 lines", () => {
  assert.ok(CLIENT_PROGRAM.trimEnd().split("\n").length <= 32);
  for (const text of [short, full]) {
    assert.match(text, /^# MakeIt3D\n\n> [^\n]+\n/);
    assert.ok(text.split("\n## ")[1]?.includes("```ts\n" + CLIENT_PROGRAM + "```\n"));
  }
});

Deno.test("the short text names every operation with its providers, and leads to the rest", () => {
  for (const operation of operationIds) {
    const line = short.split("\n").find((text) => text.startsWith(`- \`${operation}\`, by `)) ?? "";
    const named = [...line.split(": ")[0]?.matchAll(/`([a-z]+)`/g) ?? []].map(([, name]) => name);
    assert.deepEqual(named, providersOf(operation).map(([provider]) => provider));
  }
  const paths = Object.keys(openApiDocument(url)["paths"] ?? {});
  const links = [...short.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
  assert.equal(links.length, 2);
  for (const link of links) assert.ok(paths.some((path) => link === url + path), link);
  assert.ok(short.length < 8_000, `${short.length} characters`);
});

Deno.test("the full text ends with the reference that docs/api.md is made of", () => {
  const reference = renderReference(readDocument(openApiDocument(url)));
  assert.ok(full.endsWith(`\n\n${reference}`));
  assert.ok(full.length < 80_000, `${full.length} characters`);
});

Deno.test("both texts name each call of the client, and no other", () => {
  const calls = Object.getOwnPropertyNames(MakeIt3D.prototype)
    .filter((name) => name !== "constructor").sort();
  for (const text of [short, full]) {
    const [, section = ""] = /## Calls of the client\n\n([^]*?)\n\n/.exec(text) ?? [];
    const named = [...section.matchAll(/^- `(\w+)\(/gm)].map(([, name]) => name);
    assert.deepEqual(named.sort(), calls);
  }
});

Deno.test("both texts name the file fields of each operation as the client does", () => {
  for (const text of [short, full]) {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| ([a-z`, ]+) \|$/gm)]
      .map((
        [, operation, cell = ""],
      ) => [operation, [...cell.matchAll(/`(\w+)`/g)].map(([, f]) => f)]);
    assert.deepEqual(Object.fromEntries(rows), FILE_FIELDS);
  }
});

Deno.test("both texts name each entry of the client's package", () => {
  const entries = Object.keys(clientPackage.exports).map((path) => path.slice(1)).sort();
  for (const text of [short, full]) {
    const named = [...text.matchAll(/^- `@makeit3d\/client([a-z/-]*)`/gm)].map(([, path]) => path);
    assert.deepEqual(named.sort(), entries);
  }
});
