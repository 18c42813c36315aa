import assert from "node:assert/strict";
import { operationIds } from "../../../shared/contract/operations.ts";
import { providersOf } from "../../../shared/providers/catalog.ts";
import { openApiDocument } from "../../../shared/openapi/document.ts";
import { referenceFile, referencePage } from "./page.ts";

const committed = await Deno.readTextFile(referenceFile);

Deno.test("docs/api.md is what the schemas say; deno task docs writes it", async () => {
  assert.equal(committed, await referencePage());
});

Deno.test("the reference names every parameter of every pair", () => {
  for (const operation of operationIds) {
    const section = committed.split(`## \`POST /generation/${operation}\``)[1] ?? "";
    for (const [, { schema }] of providersOf(operation)) {
      for (const field of Object.keys(schema.shape)) {
        assert.ok(section.includes(`\`${field}\``), field);
      }
    }
  }
});

/** Requests of the document, as titles of the page. */
const titles = Object.entries(openApiDocument("https://x.example")["paths"] ?? {}).flatMap(
  ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

/** From the title of a request to the next one. */
function sectionOf(title: string): string {
  return committed.split(`\n## \`${title}\`\n`)[1]?.split("\n## ")[0] ?? "";
}

Deno.test("every request has an example of it and of its answer", () => {
  assert.ok(titles.length > 20);
  for (const title of titles) {
    if (title.includes("/tasks-status")) {
      assert.match(committed, new RegExp(`Also \`${title.replaceAll(/[{}]/g, "\\$&")}\``), title);
    } else if (title.startsWith("POST /generation/")) {
      assert.match(sectionOf(title), /```json\n/, title);
    } else {
      assert.match(sectionOf(title), /```http\n[^`]+```[^]*```(?:json|text)\n/, title);
    }
    // In the table at the top.
    if (!title.includes("/tasks-status")) assert.ok(committed.includes(`[\`${title}\`](#`), title);
  }
});

Deno.test("a submit's answers are shown once for all", () => {
  for (const title of ["Answer to an accepted request", "Dry run: "]) {
    const section = committed.split(`\n## ${title}`)[1]?.split("\n## ")[0] ?? "";
    assert.match(section, /```http\nPOST [^`]+```[^]*```json\n/, title);
  }
});
