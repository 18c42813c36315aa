import assert from "node:assert/strict";
import { followToEnd, signIn, submit, type User } from "../support/client.ts";
import { stack } from "../support/stack.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

Deno.test(
  "the app reads its own task and images through the Data API, and nobody else's",
  async () => {
    const [owner, stranger] = [await signIn(1), await signIn(2)];
    const id = await submit(owner);
    await followToEnd(owner, id);

    const read = async ({ supabase }: User): Promise<unknown[]> => {
      const tasks = await supabase.from("tasks").select("status").eq("id", id);
      const images = await supabase
        .from("concept_images")
        .select("status")
        .eq("celery_task_id", id);
      return [tasks.data, images.data];
    };
    assert.deepEqual(await read(owner), [[{ status: "complete" }], [{ status: "complete" }]]);
    assert.deepEqual(await read(stranger), [[], []]);
  },
);

Deno.test("what is the backend's own cannot be read or written through the Data API", async () => {
  const { supabase, id: user_id } = await signIn();
  for (const column of ["handle", "lease", "last_error", "request_id", "*"]) {
    const { error } = await supabase.from("tasks").select(column);
    assert.equal(error?.code, "42501", column);
  }
  const update = await supabase.from("tasks").update({ status: "complete" }).eq("user_id", user_id);
  assert.equal(update.error?.code, "42501");
  const insert = await supabase
    .from("models")
    .insert({ user_id, task_id: "x", celery_task_id: crypto.randomUUID(), result_index: 0 });
  assert.equal(insert.error?.code, "42501");
});

Deno.test("without a key the Data API answers nobody", async () => {
  const response = await fetch(`${stack.projectUrl}/rest/v1/tasks?select=id`);
  assert.equal(response.status, 401);
  await response.body?.cancel();
});

Deno.test("users keep inputs in their own folder only", async () => {
  const [owner, stranger] = [await signIn(1), await signIn(2)];
  const inputs = owner.supabase.storage.from("inputs");
  const options = { contentType: "image/png", upsert: true };
  const own = `${owner.id}/sketch.png`;
  assert.equal((await inputs.upload(own, PNG, options)).error, null);
  assert.ok((await inputs.upload(`${stranger.id}/sketch.png`, PNG, options)).error);
  assert.equal((await inputs.download(own)).error, null);
  assert.ok((await stranger.supabase.storage.from("inputs").download(own)).error);

  const anonymous = await fetch(`${stack.projectUrl}/storage/v1/object/inputs/${own}`);
  assert.notEqual(anonymous.status, 200);
  await anonymous.body?.cancel();
  const generated = owner.supabase.storage.from("generated");
  assert.ok((await generated.upload(own, PNG, options)).error);
});
