import assert from "node:assert/strict";
import { drawImage } from "../../simulators/images.ts";
import { followToEnd, headersOf, submitTo, type User } from "../support/client.ts";
import { withLimits } from "../support/limits.ts";
import { newAccount } from "../support/new_account.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/**
 * Swift writes an id in capitals (`uuidString`): a folder of that name is the user's, too, with all
 * that is told, counted and deleted of a folder.
 *
 * @module
 */

const picture = await drawImage({
  width: 64,
  height: 64,
  seed: "capitals",
  index: 0,
  format: "png",
});

async function upload({ supabase }: User, path: string): Promise<string | undefined> {
  const { error } = await supabase.storage.from("inputs")
    .upload(path, picture, { contentType: "image/png" });
  return error?.message;
}

function pathFor(user: User): string {
  return `${user.id.toUpperCase()}/${crypto.randomUUID()}.png`;
}

async function countFiles(id: string): Promise<number> {
  const rows = await withDatabase((sql) =>
    sql`select from storage.objects where upper(split_part(name, '/', 1)) = ${id.toUpperCase()}`
  );
  return rows.length;
}

Deno.test("a picture in the user's folder in capitals is stored, used, listed and replaced", async () => {
  const user = await newAccount("capitals");
  const path = pathFor(user);
  assert.equal(await upload(user, path), undefined);
  const inputs = user.supabase.storage.from("inputs");
  const { data: listed } = await inputs.list(user.id.toUpperCase());
  assert.ok(listed?.some(({ name }) => path.endsWith(name)));
  const replaced = await inputs.upload(path, picture, { contentType: "image/png", upsert: true });
  assert.equal(replaced.error, null);

  const { celery_task_id: id } = await submitTo(user, "remove-background", {
    provider: "stability",
    input_image_asset_url: inputs.getPublicUrl(path).data.publicUrl,
  });
  assert.equal((await followToEnd(user, id)).status, "complete");
  const uses = await withDatabase((sql) =>
    sql`select from private.input_uses where task_id = ${id} and name = ${path}`
  );
  assert.equal(uses.length, 1, "the task keeps its input");
  assert.equal((await inputs.remove([path])).data?.length, 1);
});

Deno.test("a folder of somebody else stays closed, however its name is written", async () => {
  const [user, other] = await Promise.all([newAccount("capitals"), newAccount("others")]);
  const path = pathFor(other);
  assert.equal(await upload(other, path), undefined);
  for (const name of [path, pathFor(other), path.toLowerCase()]) {
    assert.match(String(await upload(user, name)), /row-level security/);
    assert.notEqual((await user.supabase.storage.from("inputs").download(name)).error, null);
  }
  // Half in capitals is nobody's habit.
  const mixed = `${user.id.slice(0, 18).toUpperCase()}${user.id.slice(18)}/a.png`;
  if (mixed.toUpperCase() !== mixed && mixed.toLowerCase() !== mixed) {
    assert.match(String(await upload(user, mixed)), /row-level security/);
  }
});

Deno.test("both folders count together, and go together", async () => {
  const user = await newAccount("capitals");
  await withLimits({ user_stored_files: 2 }, async () => {
    assert.equal(await upload(user, pathFor(user)), undefined);
    assert.equal(await upload(user, `${user.id}/a.png`), undefined);
    assert.match(String(await upload(user, pathFor(user))), /row-level security/);
  });
  assert.equal(await countFiles(user.id), 2);
  const response = await fetch(`${stack.functionsUrl}/account`, {
    method: "DELETE",
    headers: headersOf(user.token),
  });
  assert.equal(response.status, 200, await response.text());
  await waitUntil("the removal of the files", async () => await countFiles(user.id) === 0);
});
