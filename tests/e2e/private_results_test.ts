import assert from "node:assert/strict";
import { acceptedBody, type StatusBody, statusBody } from "../../shared/contract/responses.ts";
import { type OwnStack, type OwnUser, withOwnStack } from "../support/own_stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";

async function submit(user: OwnUser, operation: string, body: unknown): Promise<string> {
  const response = await user.call("POST", `generation/${operation}`, body);
  assert.equal(response.status, 202, await response.clone().text());
  return acceptedBody.parse(await response.json()).celery_task_id;
}

async function readStatus(user: OwnUser, id: string, at = "tasks-status"): Promise<StatusBody> {
  const response = await user.call("GET", `${at}/${id}`);
  assert.equal(response.status, 200, await response.clone().text());
  return statusBody.parse(await response.json());
}

async function follow(user: OwnUser, id: string): Promise<readonly string[]> {
  const status = await waitUntil(`the end of task ${id}`, async () => {
    const now = await readStatus(user, id);
    return now.finished_at !== undefined && now;
  }, 60);
  assert.equal(status.status, "complete");
  assert.equal(status.asset_url, status.asset_urls?.[0]);
  return status.asset_urls ?? [];
}

/** The status under which an address answers, and the kind of file. */
async function open(address: string, user?: OwnUser): Promise<string> {
  const response = await (user ? user.call("GET", address) : fetch(address));
  await response.body?.cancel();
  return response.ok ? response.headers.get("content-type") ?? "" : "refused";
}

/** As rows hold it. */
function withoutToken(address: string): string {
  return address.replace("/sign/", "/authenticated/").replace(/\?.*/, "");
}

async function setPublic({ sql }: OwnStack, isPublic: boolean): Promise<void> {
  await sql`update storage.buckets set public = ${isPublic} where id = 'generated'`;
}

/** As the operator is told. */
async function healthOf({ projectUrl, workerSecret }: OwnStack): Promise<string> {
  const response = await fetch(`${projectUrl}/functions/v1/generation/health`, {
    headers: { apikey: workerSecret },
  });
  const { message } = await response.json();
  return `${response.status} ${message ?? ""}`;
}

async function checkPrivateResults(t: Deno.TestContext, stack: OwnStack): Promise<void> {
  const { sql, projectUrl } = stack;
  const [owner, stranger] = [await stack.signIn(0), await stack.signIn(1)];
  const base = `${projectUrl}/storage/v1/object`;

  const body = { task_id: "two", provider: "openai", prompt: "Two red cubes", n: 2 };

  await t.step(
    "a bucket that is still public is told: by health and in the worker's log",
    async () => {
      assert.match(await healthOf(stack), /^503 .*is public, but GENERATED_BUCKET_PUBLIC is false/);
      // A worker looks at the bucket when it is woken first.
      await follow(owner, await submit(owner, "text-to-image", { ...body, task_id: "first" }));
      await waitUntil("a line of the worker", async () => {
        const log = await Deno.readTextFile(`${stack.logFolder}/worker.log`);
        return log.includes("bucket of results is wrong");
      });
      await setPublic(stack, false);
      // An answer is kept for some seconds.
      await waitUntil("good health", async () => (await healthOf(stack)) === "200 ");
    },
  );

  const id = await submit(owner, "text-to-image", body);
  const signed = await follow(owner, id);
  const paths = ["0.png", "1.png"].map((name) => `${owner.id}/concepts/${id}/${name}`);
  const permanent = paths.map((path) => `${base}/authenticated/generated/${path}`);
  const [first = "", second = ""] = signed;

  await t.step("the owner is shown addresses that are good without a token", async () => {
    assert.deepEqual(
      signed.map((address) => address.split("?token=")[0]),
      paths.map((path) => `${base}/sign/generated/${path}`),
    );
    for (const address of signed) assert.equal(await open(address), "image/png");
  });

  await t.step("rows hold an address without a token, which is the owner's alone", async () => {
    const rows = await owner.supabase.from("concept_images").select("asset_url")
      .eq("celery_task_id", id).order("result_index");
    assert.deepEqual(rows.data?.map(({ asset_url }) => asset_url), permanent);
    const tasks = await owner.supabase.from("tasks").select("asset_urls").eq("id", id).single();
    assert.deepEqual(tasks.data?.asset_urls, permanent);
    for (const address of permanent) {
      assert.equal(await open(address, owner), "image/png");
      assert.equal(await open(address, stranger), "refused");
      assert.equal(await open(address), "refused");
      assert.equal(await open(address.replace("/authenticated/", "/public/")), "refused");
    }
  });

  await t.step("nobody else is shown or signs them", async () => {
    const response = await stranger.call("GET", `tasks/${id}/status`);
    await response.body?.cancel();
    assert.equal(response.status, 404);
    const sign = async ({ supabase }: OwnUser): Promise<boolean> =>
      (await supabase.storage.from("generated").createSignedUrl(paths[0] ?? "", 60)).error === null;
    assert.deepEqual([await sign(owner), await sign(stranger)], [true, false]);
  });

  await t.step("a result is the input of the next step, by either address", async () => {
    for (const address of [first, permanent[0] ?? ""]) {
      const model = { task_id: "model", provider: "tripo", input_image_asset_urls: [address] };
      const modelId = await submit(owner, "image-to-model", model);
      const [file = ""] = await follow(owner, modelId);
      assert.notEqual(await open(file), "refused");
      const { assets: [asset] = [], preview_url = "" } = await readStatus(owner, modelId);
      assert.match(asset?.url ?? "", /\/object\/sign\/generated\/.*\/0\.glb\?token=/);
      assert.match(preview_url, /\/object\/sign\/generated\/.*\/0\.preview\.webp\?token=/);
      assert.equal(await open(preview_url), "image/webp");
      assert.equal(await open(withoutToken(preview_url), stranger), "refused");
    }
    const [count] = await sql`select count(*)::integer from tasks where client_task_id = 'model'`;
    assert.equal(count?.["count"], 1, "both are the same request");
  });

  await t.step("a foreign result is no input, not even by an address that is good", async () => {
    for (const address of [second, permanent[1] ?? ""]) {
      const theft = { task_id: "theft", provider: "tripo", input_image_asset_urls: [address] };
      const response = await stranger.call("POST", "generation/image-to-model", theft);
      assert.deepEqual([response.status, (await response.json()).error], [400, "invalid_asset"]);
    }
  });

  await t.step("a task of the time when the bucket was public is shown as it is now", async () => {
    await sql`
      update public.tasks
      set asset_urls = ${permanent.map((url) => url.replace("/authenticated/", "/public/"))}
      where id = ${id}
    `;
    for (const address of await follow(owner, id)) {
      assert.match(address, /\/object\/sign\//);
      assert.equal(await open(address), "image/png");
    }
  });

  await t.step("and one of now, when the bucket is public again", async () => {
    await sql`update public.tasks set asset_urls = ${permanent} where id = ${id}`;
    await setPublic(stack, true);
    await stack.withStatusFunction({ GENERATED_BUCKET_PUBLIC: "true" }, async (address) => {
      const { asset_urls = [] } = await readStatus(owner, id, `${address}/tasks-status`);
      assert.deepEqual(asset_urls, paths.map((path) => `${base}/public/generated/${path}`));
      for (const url of asset_urls) assert.equal(await open(url), "image/png");
    });
    await setPublic(stack, false);
  });

  await t.step(
    "a result that its owner removes keeps its place, and the others theirs",
    async () => {
      await owner.supabase.storage.from("generated").remove([paths[0] ?? ""]);
      const [gone = "", there = ""] = await follow(owner, id);
      assert.equal(gone, permanent[0]);
      assert.equal(await open(gone, owner), "refused");
      assert.equal(await open(there), "image/png");
    },
  );
}

Deno.test("results in a private bucket are their owner's, and shown by addresses for a while", async (t) => {
  const settings = { GENERATED_BUCKET_PUBLIC: "false" };
  await withOwnStack(
    testPorts.privateResults,
    settings,
    (stack) => checkPrivateResults(t, stack),
  );
});
