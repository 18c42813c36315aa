import assert from "node:assert/strict";
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

Deno.test("both texts begin with the client's program, in at most 30 lines", () => {
  assert.ok(CLIENT_PROGRAM.trimEnd().split("\n").length <= 30);
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
  assert.ok(short.length < 6_000, `${short.length} characters`);
});

Deno.test("the full text ends with the reference that docs/api.md is made of", () => {
  const reference = renderReference(readDocument(openApiDocument(url)));
  assert.ok(full.endsWith(`\n\n${reference}`));
  assert.ok(full.length < 80_000, `${full.length} characters`);
});
