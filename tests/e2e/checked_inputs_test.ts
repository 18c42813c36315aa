import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { assetUrl } from "../../shared/storage/asset_url.ts";
import { drawImage } from "../../simulators/images.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { putUnder, withVault } from "../support/named_objects.ts";
import { readPurchases } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

const run = crypto.randomUUID();

function picture(seed: string, width = 300, height = 300): Promise<Uint8Array<ArrayBuffer>> {
  return drawImage({ width, height, seed: `${seed} ${run}`, index: 0, format: "png" });
}

/** Whether the AI services were sent a file. */
async function wasSent(bytes: Uint8Array): Promise<boolean> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return JSON.stringify(await readPurchases()).includes(sha256);
}

/** Asks for a file of the bucket of inputs without its background. */
async function cutOut(user: User, path: string): Promise<Response> {
  const body = {
    task_id: newTaskId(),
    provider: "stability",
    input_image_asset_url: assetUrl(stack.projectUrl, { bucket: "inputs", path }, "authenticated"),
  };
  return await post("remove-background", body, headersOf(user.token));
}

async function accepted(response: Response): Promise<string> {
  assert.equal(response.status, 202, await response.clone().text());
  return acceptedBody.parse(await response.json()).celery_task_id;
}

/** A file of the attacker's own beside it, at each place where a careless reader may look. */
async function decoy(user: User, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  assert.equal(await putUnder(user, path, bytes), undefined);
  if (encoded !== path) assert.equal(await putUnder(user, encoded, bytes), undefined);
}

/** What becomes of a request for a file under a misleading name. */
async function assertReadsOnly(
  user: User,
  path: string,
  own: Uint8Array,
  foreign: Uint8Array,
): Promise<void> {
  const id = await accepted(await cutOut(user, path));
  await followToEnd(user, id);
  assert.equal(await wasSent(foreign), false, "a file that was not asked for was sent");
  assert.equal(await wasSent(own), true, "the file that was asked for was not sent");
}

Deno.test("a name with encoded dots leads to no file of another user's", async () => {
  const [attacker, victim] = [await signIn(1), await signIn(2)];
  const [own, foreign] = [await picture("decoy of dots"), await picture("private", 777, 333)];
  const target = `${victim.id}/private-${run}.png`;
  assert.equal(await putUnder(victim, target, foreign), undefined);
  const path = `${attacker.id}/%2e%2e/${target}`;
  await decoy(attacker, path, own);
  await assertReadsOnly(attacker, path, own, foreign);
});

Deno.test("nor to one of a bucket that has no policy", async () => {
  const attacker = await signIn(1);
  const [own, foreign] = [await picture("decoy of a vault"), await picture("vault", 777, 333)];
  await withVault(`vault-${run}`, "private.png", foreign, async () => {
    const path = `${attacker.id}/%2e%2e/%2e%2e/vault-${run}/private.png`;
    await decoy(attacker, path, own);
    await assertReadsOnly(attacker, path, own, foreign);
  });
});

Deno.test("a question mark in a name ends nothing", async () => {
  const user = await signIn(1);
  const [own, beside] = [await picture("with a mark"), await picture("beside it", 640, 640)];
  const path = `${user.id}/m-${run}?x.png`;
  assert.equal(await putUnder(user, `${user.id}/m-${run}`, beside), undefined);
  await decoy(user, path, own);
  await assertReadsOnly(user, path, own, beside);
});

type Change = (user: User, path: string) => Promise<unknown>;

/** Submits a picture, lets it be changed while the lane is closed, and returns the task's end. */
async function changeWhileWaiting(name: string, change: Change): Promise<{
  readonly status: string;
  readonly error_code?: string | undefined;
  readonly error?: string | undefined;
  readonly calls: readonly string[];
}> {
  const user = await signIn(1);
  const path = `${user.id}/${name}-${run}.png`;
  assert.equal(await putUnder(user, path, await picture(name)), undefined);
  const id = await withLane(
    "stability",
    { paused_until: new Date(Date.now() + 300_000) },
    async () => {
      const id = await accepted(await cutOut(user, path));
      await change(user, path);
      return id;
    },
  );
  const { status, error_code, error } = await followToEnd(user, id);
  return { status, error_code, error, calls: (await effectsOf(id)).calls };
}

function replaceBy(bytes: Uint8Array<ArrayBuffer>): Change {
  return async ({ supabase }, path) => {
    const options = { contentType: "image/png", upsert: true };
    const { error } = await supabase.storage.from("inputs").upload(path, bytes, options);
    assert.equal(error, null);
  };
}

Deno.test("a file that was changed after the request is not bought for", async (t) => {
  const large = new Uint8Array(45_000_000);
  large.set(await picture("large"));
  const cases: readonly (readonly [name: string, change: Uint8Array<ArrayBuffer>])[] = [
    ["another of about its length", await picture("another")],
    ["a much larger one", large],
    ["a smaller one", await picture("small", 64, 64)],
  ];
  for (const [name, bytes] of cases) {
    await t.step(name, async () => {
      const end = await changeWhileWaiting(name.replaceAll(" ", "-"), replaceBy(bytes));
      assert.deepEqual([end.status, end.error_code], ["failed", "invalid_input"]);
      assert.match(end.error ?? "", /was changed after the request.*[Ss]end the request again/);
      assert.equal(await wasSent(bytes), false);
    });
  }
  await t.step("none", async () => {
    const end = await changeWhileWaiting(
      "gone",
      ({ supabase }, path) => supabase.storage.from("inputs").remove([path]),
    );
    assert.deepEqual([end.status, end.error_code], ["failed", "invalid_input"]);
    assert.match(end.error ?? "", /was deleted after the request.*[Uu]pload it again/);
  });
});

Deno.test("the same file uploaded again is the same file", async () => {
  const bytes = await picture("again");
  const end = await changeWhileWaiting("again", replaceBy(bytes));
  assert.equal(end.status, "complete", end.error);
  assert.equal(await wasSent(bytes), true);
});

/** As the rows of before have it. */
async function forgetInputs(path: string): Promise<void> {
  await withDatabase((sql) =>
    sql`update public.tasks set inputs = null where inputs -> 0 ->> 'path' = ${path}`
  );
}

Deno.test("of a task that was accepted before inputs were kept, only the length is a bound", async () => {
  const other = await picture("other of old");
  const end = await changeWhileWaiting("old", async (user, path) => {
    await forgetInputs(path);
    await replaceBy(await picture("small of old", 64, 64))(user, path);
  });
  assert.equal(end.status, "complete", end.error);
  const larger = await changeWhileWaiting("old-and-larger", async (user, path) => {
    await forgetInputs(path);
    const bytes = new Uint8Array(other.length + 100_000);
    bytes.set(other);
    await replaceBy(bytes)(user, path);
  });
  assert.deepEqual([larger.status, larger.error_code], ["failed", "invalid_input"]);
});
