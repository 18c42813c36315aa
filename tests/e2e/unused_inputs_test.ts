import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo, type User } from "../support/client.ts";
import { uploadPicture } from "../support/inputs.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** Lets a week pass for files of a user's folder. */
async function age({ id }: User, names: readonly string[]): Promise<void> {
  await withDatabase((sql) =>
    sql`
      update storage.objects
      set created_at = now() - interval '8 days', updated_at = now() - interval '8 days'
      where bucket_id = 'inputs' and name = any (${names.map((name) => `${id}/${name}`)})
    `
  );
}

/** Has the bucket looked through from its start, when a worker next looks after things. */
async function makeDue(): Promise<void> {
  await withDatabase(async (sql) => {
    await sql`delete from private.file_cursors where bucket_id = 'inputs'`;
    await sql`
      update private.maintenance_jobs set last_run_at = '-infinity' where job = 'unused inputs'
    `;
  });
}

async function wakeWorker(): Promise<void> {
  const headers = { apikey: stack.secrets.workerSecret };
  const response = await fetch(`${stack.functionsUrl}/worker`, { method: "POST", headers });
  assert.equal(response.status, 202);
  await response.body?.cancel();
}

Deno.test("after a week an input that nothing uses is removed, and none that something does", async () => {
  const user = await signIn();
  const inputs = user.supabase.storage.from("inputs");
  const names = ["worked on.png", "shown (1).png", "preview.png", "unused.png", "young.png"]
    .map((name) => `unused inputs ${crypto.randomUUID()}/${name}`);
  const urls = await Promise.all(
    names.map((name) => uploadPicture(user, name, { width: 64, height: 64 })),
  );
  const encoded = urls.map(encodeURI);
  const { celery_task_id } = await submitTo(user, "remove-background", {
    provider: "stability",
    input_image_asset_url: encoded[0],
  });
  assert.equal((await followToEnd(user, celery_task_id)).status, "complete");
  const row = await user.supabase.from("input_assets")
    .insert({ asset_url: encoded[1], metadata: { preview: encoded[2] } });
  assert.equal(row.error, null);

  await age(user, names.slice(0, 4));
  await makeDue();
  await waitUntil(
    "the removal of the unused input",
    async () => {
      await wakeWorker();
      return (await inputs.download(`${user.id}/${names[3]}`)).error !== null;
    },
    30,
    500,
  );
  const kept = await Promise.all(
    names.map(async (name) => (await inputs.download(`${user.id}/${name}`)).error === null),
  );
  assert.deepEqual(kept, [true, true, true, false, true]);
});
