import assert from "node:assert/strict";
import { operationIds } from "../../../shared/contract/operations.ts";
import { providersOf } from "../../../shared/providers/catalog.ts";
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
