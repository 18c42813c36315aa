import { fileTypeFromBuffer } from "file-type";
import assert from "node:assert/strict";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { Jimp } from "../../simulators/jimp.ts";
import {
  followToEnd,
  headersOf,
  newTaskId,
  post,
  readStatus,
  signIn,
  submit,
} from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  return await response.bytes();
}

Deno.test("the first text-to-image example of the API guide ends with a stored image", async () => {
  const user = await signIn();
  const response = await post(
    "text-to-image",
    {
      task_id: "task-workspace-def456",
      provider: "openai",
      prompt: "A violet cartoon flying elephant with big ears",
      style: "vivid",
      n: 1,
      size: "1024x1024",
      quality: "standard",
    },
    headersOf(user.token),
  );
  assert.equal(response.status, 202);
  const accepted = acceptedBody.parse(await response.json());
  assert.equal(accepted.task_id, "task-workspace-def456");
  assert.deepEqual(accepted.warnings, [
    'style: OpenAI no longer takes it; "Vivid, dramatic, saturated look." was added to the prompt',
    'quality: OpenAI no longer takes "standard"; sent as "medium"',
  ]);
  assert.equal(
    accepted.status_url,
    `${stack.functionsUrl}/tasks/${accepted.celery_task_id}/status`,
  );

  const status = await followToEnd(user, accepted.celery_task_id);
  assert.equal(status.status, "complete");
  assert.equal(status.task_id, accepted.celery_task_id);
  assert.deepEqual(await effectsOf(accepted.celery_task_id), ONE_COMPLETE_IMAGE);

  const path = `${user.id}/concepts/${accepted.celery_task_id}/0.png`;
  assert.equal(status.asset_url, `${stack.projectUrl}/storage/v1/object/public/generated/${path}`);
  const file = await download(status.asset_url);
  assert.equal((await fileTypeFromBuffer(file))?.mime, "image/png");
  const { width, height } = await Jimp.read(file.buffer);
  assert.deepEqual({ width, height }, { width: 1024, height: 1024 });
});

Deno.test("every image asked for is stored, in order, in the size asked for", async () => {
  const user = await signIn();
  const prompt = `Two wide images ${crypto.randomUUID()}`;
  const id = await submit(user, { prompt, n: 2, size: "1792x1024" });
  const status = await followToEnd(user, id);

  assert.equal(status.asset_urls?.length, 2);
  assert.equal(status.asset_url, status.asset_urls[0]);
  const files = await Promise.all(status.asset_urls.map(download));
  for (const file of files) {
    const { width, height } = await Jimp.read(file.buffer);
    assert.deepEqual({ width, height }, { width: 1792, height: 1024 });
  }
  assert.notDeepEqual(files[0], files[1]);
  assert.equal(await purchasesOf(prompt), 1);

  const { data } = await user.supabase
    .from("concept_images")
    .select("status, asset_url, prompt, task_id")
    .eq("celery_task_id", id)
    .order("result_index");
  assert.deepEqual(
    data?.map((row) => row.asset_url),
    status.asset_urls,
  );
  assert.deepEqual(
    data?.map((row) => row.prompt),
    [prompt, prompt],
  );
});

Deno.test("results are stored to be kept by caches for ever", async () => {
  const user = await signIn();
  const id = await submit(user);
  await followToEnd(user, id);
  // Asked of the database, because the Storage of the local stack serves everything as no-cache.
  const [file] = await withDatabase(
    (sql) =>
      sql<{ metadata: string }[]>`
      select metadata::text from storage.objects where name = ${`${user.id}/concepts/${id}/0.png`}
    `,
  );
  assert.match(file?.metadata ?? "", /max-age=31536000, immutable/);
});

Deno.test("the status is the same under the function's own name", async () => {
  const user = await signIn();
  const id = await submit(user);
  const status = await followToEnd(user, id);
  const response = await fetch(`${stack.functionsUrl}/tasks-status/${id}`, {
    headers: headersOf(user.token),
  });
  assert.deepEqual(await response.json(), status);
  assert.deepEqual(await readStatus(user, id), status);
});

Deno.test("a parameter out of range is refused and leaves nothing behind", async () => {
  const user = await signIn();
  const taskId = newTaskId();
  const body = { task_id: taskId, provider: "openai", prompt: "A cube", n: 5 };
  const response = await post("text-to-image", body, headersOf(user.token));
  assert.equal(response.status, 400);
  const { error, message, details } = await response.json();
  assert.equal(error, "invalid_request");
  assert.match(message, /^n: .*4/);
  assert.equal(details[0].field, "n");
  const { data } = await user.supabase.from("tasks").select("id").eq("client_task_id", taskId);
  assert.deepEqual(data, []);
});

Deno.test("text that the database cannot keep is refused with its field", async (t) => {
  const user = await signIn();
  const cases = [
    ["prompt", "a\u0000b"],
    ["prompt", "half a \ud800 pair"],
    ["task_id", "nu\u0000l"],
  ] as const;
  for (const [field, value] of cases) {
    await t.step(`${field} ${JSON.stringify(value)}`, async () => {
      const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube", [field]: value };
      const response = await post("text-to-image", body, headersOf(user.token));
      const { details } = await response.json();
      assert.deepEqual([response.status, details[0].field], [400, field]);
    });
  }
});
