import assert from "node:assert/strict";
import { operationIds, operations } from "../contract/operations.ts";
import { requestSchemas } from "../openapi/request_schemas.ts";
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

Deno.test("each image is looked at once, and models are not", async () => {
  const object = (path: string): { bucket: string; path: string } => ({ bucket: "inputs", path });
  const assets = ["a.png", "a.png", "m.glb", "gone.png"].map((path, index) => ({
    field: `views[${index}]`,
    object: object(path),
  }));
  const images = await moderatedImages({ command: Object(command), assets }, "user", {
    find: ({ path }) => {
      if (path.startsWith("gone")) return Promise.resolve(undefined);
      const mediaType = path.endsWith(".glb") ? "model/gltf-binary" : "image/png";
      return Promise.resolve({ mediaType, bytes: 7 });
    },
  });
  assert.deepEqual(images, [{ field: "views[1]", object: object("a.png"), bytes: 7 }]);
});
