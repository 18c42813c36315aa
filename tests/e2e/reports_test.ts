import assert from "node:assert/strict";
import { errorBody, reportedBody } from "../../shared/contract/responses.ts";
import {
  followToEnd,
  headersOf,
  newTaskId,
  post,
  readStatus,
  signIn,
  submit,
  submitTo,
  type User,
} from "../support/client.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const [owner, stranger] = await Promise.all([signIn(1), signIn(2)]);

async function report(user: User, id: string, reason = "It is cruel"): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/tasks/${id}/report`, {
    method: "POST",
    headers: headersOf(user.token),
    body: JSON.stringify({ reason }),
  });
}

async function opens(url: string): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}

/** Buckets that have a file of the task. */
async function bucketsOf(id: string): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ bucket: string }[]>`
      select bucket_id as bucket from storage.objects
      where split_part(name, '/', 3) = ${id} order by bucket_id, name
    `
  );
  return rows.map(({ bucket }) => bucket);
}

async function alertsOf(id: string): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ message: string }[]>`
      select message from monitoring.alerts() where code = 'result_reported' and subject = ${id}
    `
  );
  return rows.map(({ message }) => message);
}

Deno.test("a reported result is hidden from its user at once, and its URL soon answers no more", async () => {
  const { celery_task_id: id } = await submitTo(owner, "text-to-image", {
    provider: "openai",
    prompt: `Two cubes ${crypto.randomUUID()}`,
    n: 2,
  });
  const { asset_urls: urls = [] } = await followToEnd(owner, id);
  assert.deepEqual(await Promise.all(urls.map(opens)), [true, true]);

  const foreign = await report(stranger, id);
  assert.deepEqual([foreign.status, (await foreign.json()).error], [404, "not_found"]);
  assert.equal((await readStatus(owner, id)).asset_urls?.length, 2);

  const response = await report(owner, id);
  assert.equal(response.status, 200);
  const first = reportedBody.parse(await response.json());
  const status = await readStatus(owner, id);
  assert.deepEqual([status.status, status.reported], ["complete", true]);
  for (const absent of ["asset_url", "asset_urls", "missing_results", "error"]) {
    assert.ok(!(absent in status), absent);
  }
  const { data: rows } = await owner.supabase.from("concept_images")
    .select("status, asset_url").eq("celery_task_id", id);
  const hidden = { status: "failed", asset_url: null };
  assert.deepEqual(rows, [hidden, hidden]);
  const { data: tasks } = await owner.supabase.from("tasks")
    .select("status, asset_urls").eq("id", id);
  assert.deepEqual(tasks, [{ status: "complete", asset_urls: [] }]);

  const again = reportedBody.parse(await (await report(owner, id, "Another reason")).json());
  assert.deepEqual(again, first);
  const [alert = "", ...more] = await alertsOf(id);
  assert.match(alert, new RegExp(`^User ${owner.id} has reported the result of .*'It is cruel'`));
  assert.deepEqual(more, []);

  await waitUntil("a worker that moves the files", async () => {
    return (await bucketsOf(id)).every((bucket) => bucket === "reported");
  }, 40);
  assert.deepEqual(await bucketsOf(id), ["reported", "reported"]);
  assert.deepEqual(await Promise.all(urls.map(opens)), [false, false]);
  for (const user of [owner, stranger]) {
    const { data } = await user.supabase.storage.from("reported")
      .download(`${owner.id}/concepts/${id}/0.png`);
    assert.equal(data, null, "Nobody but the operator reads it");
  }

  // As an input it is gone as well.
  const built = await post("image-to-image", {
    task_id: newTaskId(),
    provider: "openai",
    prompt: "The same again",
    input_image_asset_url: urls[0],
  }, headersOf(owner.token));
  assert.equal(errorBody.parse(await built.json()).error, "invalid_asset");

  await withDatabase((sql) => sql`select private.close_report(${id})`);
  assert.deepEqual(await alertsOf(id), []);
  await waitUntil("a worker that removes the files", async () => {
    // Closing alone wakes nobody: work does, or the next minute.
    await followToEnd(owner, await submit(owner));
    return (await bucketsOf(id)).length === 0;
  }, 40);
});

Deno.test("what has no result cannot be reported", async () => {
  const refused = await submit(owner, { prompt: `sim:moderated-input ${crypto.randomUUID()}` });
  const slow = await submit(owner, { prompt: `sim:slow ${crypto.randomUUID()}` });
  const early = await report(owner, slow);
  assert.equal((await followToEnd(owner, refused)).status, "failed");
  const late = await report(owner, refused);
  for (const response of [early, late]) {
    assert.equal(response.status, 409);
    assert.equal(errorBody.parse(await response.json()).error, "task_not_complete");
  }
  assert.deepEqual(await alertsOf(slow), []);
  await followToEnd(owner, slow, 60);
});
