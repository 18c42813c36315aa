import assert from "node:assert/strict";
import { operationIds, operations } from "../contract/operations.ts";
import type { LocatedCommand } from "../generation/input_assets.ts";
import { requestSchemas } from "../openapi/request_schemas.ts";
import type { StorageObject } from "../storage/asset_url.ts";
import { MODERATED_FIELDS, moderatedImages, moderatedTexts } from "./moderated_content.ts";

/** Words that ask for nothing: names of things, and what is to be avoided. */
const OTHERS = ["task_id", "negative_prompt", "style_id", "draft_model_task_id", "aspect_ratio"];

interface PropertySchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
}

Deno.test("every field in which a user may write words is checked, or is known to ask for nothing", () => {
  const free = new Set<string>();
  for (const operation of operationIds) {
    const assets: readonly string[] = operations[operation].assets;
    for (const schema of Object.values(requestSchemas(operation))) {
      const properties: Record<string, PropertySchema> = Object(schema)["properties"] ?? {};
      for (const [name, { type, enum: values, const: value }] of Object.entries(properties)) {
        if (type === "string" && !values && value === undefined && !assets.includes(name)) {
          free.add(name);
        }
      }
    }
  }
  assert.deepEqual([...free].sort(), [...MODERATED_FIELDS, ...OTHERS].sort());
});

const command = {
  clientTaskId: "t",
  operation: "search-and-recolor",
  provider: "stability",
  parameters: {
    prompt: "red",
    select_prompt: "a hat",
    negative_prompt: "blood",
    style: "",
    seed: 7,
  },
} as const;

Deno.test("the words of a request are taken with their fields", () => {
  // What else a command has nobody looks at here.
  const texts = moderatedTexts(Object(command));
  assert.deepEqual(texts, [
    { field: "prompt", text: "red" },
    { field: "select_prompt", text: "a hat" },
  ]);
});

/** An operation that takes files of these kinds. */
function located(mediaTypes: readonly string[]): LocatedCommand {
  const assets = ["a.png", "a.png", "gone.png"].map((path, index) => ({
    field: `views[${index}]`,
    object: { bucket: "inputs", path },
  }));
  return { command: Object({ assetLimits: { mediaTypes, maxBytes: 1 } }), assets };
}

Deno.test("each image is looked at once, whatever Storage calls it, and models are not", async () => {
  const lookup = {
    find: ({ path }: StorageObject) =>
      Promise.resolve(path.startsWith("gone") ? undefined : { bytes: 7 }),
  };
  assert.deepEqual(await moderatedImages(located(["image/png", "image/jpeg"]), "user", lookup), [
    { field: "views[1]", object: { bucket: "inputs", path: "a.png" }, bytes: 7 },
  ]);
  assert.deepEqual(await moderatedImages(located(["model/gltf-binary"]), "user", lookup), []);
});
