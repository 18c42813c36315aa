import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { followToEnd, submitTo } from "../support/client.ts";
import { DevProcess } from "../support/dev_process.ts";
import { uploadPicture } from "../support/inputs.ts";
import { newAccount } from "../support/new_account.ts";
import { stack } from "../support/stack.ts";
import { placesOf } from "../support/traces.ts";
import { waitUntil } from "../support/wait_until.ts";

/** Runs `deno task users` to its end; returns what it printed. */
async function usersTask(code: number, ...args: string[]): Promise<string> {
  const process = new DevProcess("users", [...args, "--port", String(stack.ports.gateway)]);
  assert.equal(await process.end(), code, process.printed);
  return process.printed;
}

const dataFile = z.object({
  user: z.object({ id: z.string(), email: z.string() }),
  tasks: z.array(z.looseObject({ status: z.string(), parameters: z.looseObject({}) })),
  concept_images: z.array(z.looseObject({ prompt: z.string() })),
  models: z.array(z.unknown()),
  input_assets: z.array(z.unknown()),
  files: z.array(z.object({ bucket: z.string(), name: z.string(), file: z.string() })),
});

Deno.test("an operator exports a user to a folder, and deletes the user when told twice", async () => {
  const [user, other] = await Promise.all([newAccount("dora"), newAccount("emil")]);
  const prompt = `Exported ${crypto.randomUUID()}`;
  const input = await uploadPicture(user, "my-photo.png", { width: 512, height: 512 });
  await uploadPicture(other, "not-hers.png", { width: 64, height: 64 });
  const task = await submitTo(user, "image-to-image", {
    provider: "openai",
    prompt,
    input_image_asset_url: await uploadPicture(user, "plain.png"),
  });
  await followToEnd(user, task.celery_task_id);
  await user.supabase.from("input_assets").insert({ asset_url: input });

  const folder = join(await Deno.makeTempDir(), "export");
  try {
    assert.match(await usersTask(0, "export", user.email.toUpperCase(), "--to", folder), /3 files/);
    const data = dataFile.parse(JSON.parse(await Deno.readTextFile(join(folder, "data.json"))));
    assert.deepEqual(data.user, { id: user.id, email: user.email });
    assert.deepEqual(data.tasks.map(({ status, parameters }) => [status, parameters["prompt"]]), [
      ["complete", prompt],
    ]);
    assert.deepEqual(data.concept_images.map((image) => image.prompt), [prompt]);
    assert.deepEqual([data.models.length, data.input_assets.length], [0, 1]);
    assert.deepEqual(data.files.map(({ bucket, name }) => `${bucket}/${name}`), [
      `generated/${user.id}/concepts/${task.celery_task_id}/0.png`,
      `inputs/${user.id}/my-photo.png`,
      `inputs/${user.id}/plain.png`,
    ]);
    for (const { bucket, name, file } of data.files) {
      const { data: blob } = await user.supabase.storage.from(bucket).download(name);
      assert.deepEqual(
        await Deno.readFile(join(folder, file)),
        new Uint8Array(await blob?.arrayBuffer() ?? new ArrayBuffer()),
        name,
      );
    }
    assert.match(await usersTask(1, "export", user.id, "--to", folder), /exists/i, "never over it");
  } finally {
    await Deno.remove(join(folder, ".."), { recursive: true });
  }

  const told = await usersTask(0, "delete", user.id);
  assert.match(told, /This would delete .* 1 tasks.* 3 files/);
  const same = `task users --port ${stack.ports.gateway} delete ${user.id} --yes\n`;
  assert.ok(told.endsWith(same), told);
  assert.ok((await placesOf([user.id])).length > 0);
  assert.match(await usersTask(0, "delete", user.email, "--yes"), /Deleted/);
  await waitUntil("nothing is left", async () => {
    const places = await placesOf([user.id, user.email, prompt, task.celery_task_id]);
    return places.every((place) =>
      /^(auth\.audit_log_entries|private\.deleted_users) /.test(place)
    );
  }, 60);
  assert.match(await usersTask(1, "delete", user.id, "--yes"), /No user has the id/);
  assert.ok((await placesOf([other.id])).includes("storage.objects 1"));
  await usersTask(0, "delete", other.id, "--yes");
});

Deno.test("what is mistyped is told with what is possible", async () => {
  for (const args of [[], ["export"], ["delete"], ["delete", "a", "b"], ["forget", "a"]]) {
    assert.match(await usersTask(1, ...args), /What there is: .* users --help/);
  }
});
