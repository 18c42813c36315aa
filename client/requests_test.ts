import assert from "node:assert/strict";
import { operations } from "../shared/contract/operations.ts";
import { RefusedError } from "./errors.ts";
import { clientNames, FILE_FIELDS } from "./requests.ts";
import { fakeBackend } from "./testing.ts";

Deno.test("each operation has the file fields of the API, by the client's names", () => {
  const ofApi = Object.entries(operations).map(([operation, { assets }]) => [
    operation,
    assets.map(clientNames),
  ]);
  assert.deepEqual(Object.fromEntries(ofApi), FILE_FIELDS);
});

Deno.test("a refusal names fields as the app has written them", async () => {
  const details = [
    { field: "input_image_asset_url", message: "Required; must be text" },
    { field: "input_image_asset_urls[1]", message: "Not found" },
    { field: "input_mask_asset_url", message: "Not as large as input_image_asset_url" },
    { field: "images", message: "Unknown field; known are prompt, input_image_asset_url, task_id" },
    { field: "prompt", message: "Required; must be text" },
  ];
  const message = details.map(({ field, message }) => `${field}: ${message}`).join("; ");
  const body = { error: "invalid_request", message, details };
  const { client } = fakeBackend(() => Response.json(body, { status: 400 }));
  const request = { provider: "openai", prompt: "x" } as const;
  await assert.rejects(client.submit("text-to-image", request), (error) => {
    assert.ok(error instanceof RefusedError);
    const fields = [
      { field: "image", message: "Required; must be text" },
      { field: "images[1]", message: "Not found" },
      { field: "mask", message: "Not as large as image" },
      { field: "images", message: "Unknown field; known are prompt, image, taskId" },
      { field: "prompt", message: "Required; must be text" },
    ];
    assert.deepEqual(error.fields, fields);
    assert.equal(
      error.message,
      fields.map(({ field, message }) => `${field}: ${message}`).join("; "),
    );
    return true;
  });
});

Deno.test("so does a warning, of a submit and of an estimate", async () => {
  const warnings = ["input_image_asset_url: smaller than what it becomes"];
  const { client } = fakeBackend(({ path }) =>
    Response.json(path.endsWith("dry_run=true") ? { warnings } : { celery_task_id: "x", warnings })
  );
  const url = "https://ref.supabase.co/storage/v1/object/authenticated/inputs/user-1/a";
  const request = { provider: "recraft", image: { url } } as const;
  for (const call of ["submit", "estimate"] as const) {
    const told = await client[call]("remove-background", request);
    assert.deepEqual(told.warnings, ["image: smaller than what it becomes"]);
  }
});

Deno.test("other names stay as they are", () => {
  const text = "celery_task_id, client_task_id, asset_urls, input_image, my_input_image_asset_url";
  assert.equal(clientNames(text), text);
});
