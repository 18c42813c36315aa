/** What a user wants gone is gone, wherever it was; nobody else notices, and the books keep their sums. */
import assert from "node:assert/strict";
import { accountDeletedBody, purgedBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, signIn, submit, submitTo, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { uploadPicture } from "../support/inputs.ts";
import { withLane } from "../support/lanes.ts";
import { newAccount } from "../support/new_account.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { placesOf } from "../support/traces.ts";
import { waitUntil } from "../support/wait_until.ts";

const IN_FIVE_MINUTES = new Date(Date.now() + 300_000);

async function send(user: User, path: string): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/${path}`, {
    method: "DELETE",
    headers: headersOf(user.token),
  });
}

async function waitUntilGone(words: readonly string[]): Promise<void> {
  await waitUntil(`nothing names ${words.join()}`, async () => {
    // As the schedule does once a minute.
    await withDatabase((sql) => sql`select private.reconcile()`);
    const places = await placesOf(words);
    return places.length === 0;
  }, 60).catch(async (error) => {
    assert.deepEqual(await placesOf(words), [], String(error));
  });
}

async function storedFiles(prefix: string): Promise<string[]> {
  return await withDatabase(async (sql) => {
    const rows = await sql<{ name: string }[]>`
      select bucket_id || '/' || name as name from storage.objects
      where name like ${`${prefix}%`} order by 1
    `;
    return rows.map(({ name }) => name);
  });
}

async function read(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

/** Waits until the provider is at it: with a worker, or accepted. */
async function waitForHandle(id: string): Promise<void> {
  await waitUntil("the handle", async () => {
    const [row] = await withDatabase((sql) =>
      sql`select handle is not null as accepted from public.tasks where id = ${id}`
    );
    return row?.["accepted"] === true;
  });
}

interface Sums {
  readonly calls: number;
  readonly cost: number;
}

async function ledger(): Promise<Sums> {
  const [sums] = await withDatabase((sql) =>
    sql<Sums[]>`
      select count(*)::integer as calls, coalesce(sum(cost_usd), 0)::float8 as cost
      from private.provider_calls where outcome is not null
    `
  );
  return sums ?? { calls: 0, cost: 0 };
}

Deno.test("a complete task is purged with its files, once, and by its owner only", async () => {
  const [user, other] = await Promise.all([signIn(1), signIn(2)]);
  const id = await submit(user, { prompt: `Purged ${crypto.randomUUID()}`, n: 2 });
  const { asset_urls = [] } = await followToEnd(user, id);
  assert.equal(asset_urls.length, 2);
  const foreign = await send(other, `tasks/${id}?purge=true`);
  assert.deepEqual([foreign.status, (await foreign.json()).error], [404, "not_found"]);
  assert.equal((await followToEnd(user, id)).status, "complete");

  const before = await ledger();
  const response = await send(user, `tasks/${id}?purge=true`);
  assert.equal(response.status, 200);
  assert.deepEqual(purgedBody.parse(await response.json()), {
    task_id: id,
    status: "purged",
    billed: "yes",
  });
  for (const again of [`tasks/${id}?purge=true`, `tasks-status/${id}?purge=true`, `tasks/${id}`]) {
    assert.equal((await send(user, again)).status, 404);
  }
  await waitUntilGone([id]);
  for (const url of asset_urls) assert.notEqual(await read(url), 200);
  assert.deepEqual(await ledger(), before);
});

Deno.test("accepted work that is purged is shown no more, booked, and then gone", async () => {
  const user = await signIn();
  const prompt = `Purged while accepted ${crypto.randomUUID()}`;
  const fault = { provider: "tripo", operation: "text-to-model", kind: "slow", times: 1 };
  await withFaults([{ ...fault, latency_ms: 8_000 }], async () => {
    const body = { provider: "tripo", prompt };
    const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
    await waitForHandle(id);
    const before = await ledger();
    const response = await send(user, `tasks/${id}?purge=true`);
    assert.equal(purgedBody.parse(await response.json()).billed, "yes");
    const status = await fetch(`${stack.functionsUrl}/tasks/${id}/status`, {
      headers: headersOf(user.token),
    });
    assert.equal(status.status, 404);
    await status.body?.cancel();
    const { data: rows } = await user.supabase.from("tasks").select("id").eq("id", id);
    assert.deepEqual(rows, []);
    assert.deepEqual(await placesOf([prompt]), [], "what was asked for is gone at once");
    await waitUntilGone([id]);
    assert.ok((await ledger()).calls > before.calls, "the call has ended");
    assert.equal((await ledger()).cost.toFixed(2), (before.cost + 0.2).toFixed(2));
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("a result that its worker stores after the purge goes, too", async () => {
  const user = await signIn();
  const prompt = `Purged while called ${crypto.randomUUID()}`;
  await withFaults([{ kind: "slow", times: 1, latency_ms: 3_000 }], async () => {
    const id = await submit(user, { prompt });
    await waitUntil("the call", async () => (await purchasesOf(prompt)) === 1);
    const response = await send(user, `tasks/${id}?purge=true`);
    assert.equal(purgedBody.parse(await response.json()).billed, "maybe");
    await waitUntilGone([id]);
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("a row that an app deletes takes its file, and no other", async () => {
  const user = await signIn();
  const id = await submit(user, { n: 2 });
  const { asset_urls: [first = "", second = ""] = [] } = await followToEnd(user, id);
  const { error } = await user.supabase.from("concept_images").delete()
    .eq("celery_task_id", id).eq("result_index", 0);
  assert.equal(error, null);
  await waitUntil("the file is gone", async () => (await read(first)) !== 200, 60);
  assert.equal(await read(second), 200);
  assert.equal((await storedFiles(`${user.id}/concepts/${id}/`)).length, 1);
});

Deno.test("an account is deleted in the middle of work, and nothing of it is left anywhere", async () => {
  const [ann, bob] = await Promise.all([newAccount("ann"), newAccount("bob")]);
  const slow = { kind: "slow", latency_ms: 6_000 };
  const faults = [
    { ...slow, provider: "tripo", operation: "text-to-model", times: 2 },
    { ...slow, provider: "openai", times: 2 },
  ];

  /** A task in every state, an input, and rows of the app. */
  const furnish = async (user: User, name: string): Promise<Record<string, string>> => {
    const input = await uploadPicture(user, `${name}.png`);
    const complete = await submitTo(user, "image-to-image", {
      provider: "stability",
      prompt: `${name} is complete`,
      input_image_asset_url: input,
    });
    await followToEnd(user, complete.celery_task_id);
    const rows = { asset_url: input, metadata: { note: `${name} wrote this` } };
    const { error } = await user.supabase.from("input_assets").insert(rows);
    assert.equal(error, null);
    return { complete: complete.celery_task_id };
  };
  const own = { ann: await furnish(ann, "ann"), bob: await furnish(bob, "bob") };

  await withLane("recraft", { paused_until: IN_FIVE_MINUTES }, async () => {
    await withFaults(faults, async () => {
      for (const [user, name] of [[ann, "ann"], [bob, "bob"]] as const) {
        const tripo = { provider: "tripo", prompt: `${name} has this accepted` };
        own[name]["accepted"] = (await submitTo(user, "text-to-model", tripo)).celery_task_id;
        const prompt = `${name} has this running`;
        own[name]["running"] = await submit(user, { provider: "openai", prompt });
        const recraft = { provider: "recraft", prompt: `${name} has this waiting` };
        own[name]["waiting"] = (await submitTo(user, "text-to-image", recraft)).celery_task_id;
        await waitForHandle(own[name]["accepted"] ?? "");
        await waitUntil("the call", async () => (await purchasesOf(prompt)) === 1);
      }
      const words = [
        ann.id,
        ann.email,
        ...Object.values(own.ann),
        "ann is ",
        "ann has ",
        "ann wrote",
      ];
      assert.ok((await placesOf(words)).length > 8);
      const openBefore = await withDatabase((sql) =>
        sql`select count(*)::integer as count from private.provider_calls`
      );

      const response = await send(ann, "account");
      assert.equal(response.status, 200, await response.clone().text());
      assert.deepEqual(accountDeletedBody.parse(await response.json()), { status: "deleted" });
      assert.equal((await send(ann, "account")).status, 200, "again");
      const late = await fetch(`${stack.functionsUrl}/generation/text-to-image`, {
        method: "POST",
        headers: headersOf(ann.token),
        body: JSON.stringify({ task_id: "late", provider: "openai", prompt: "ann has more" }),
      });
      assert.equal(late.status, 401);
      await late.body?.cancel();

      await waitUntilGone(words);
      assert.deepEqual(await storedFiles(ann.id), []);
      const openAfter = await withDatabase((sql) =>
        sql`
          select
            count(*)::integer as count,
            count(*) filter (where outcome is null and task_id is null)::integer as open
          from private.provider_calls
        `
      );
      assert.equal(openAfter[0]?.["open"], 0);
      assert.ok(openAfter[0]?.["count"] >= openBefore[0]?.["count"], "every call is on the books");
    });
  });

  // The accepted model and the image under way were bought once, and are booked with what they cost.
  for (const prompt of ["ann has this accepted", "ann has this running"]) {
    assert.equal(await purchasesOf(prompt), 1);
  }
  assert.equal(await purchasesOf("ann has this waiting"), 0);
  const booked = await withDatabase((sql) =>
    sql`
      select provider, outcome, cost_usd is not null as cost from private.provider_calls
      where task_id is null and provider in ('tripo', 'openai') and finished_at > now() - interval '2 minutes'
      order by id desc limit 2
    `
  );
  assert.deepEqual(booked.map((call) => call["outcome"]), ["succeeded", "succeeded"]);

  for (const id of Object.values(own.bob)) {
    assert.equal((await followToEnd(bob, id, 60)).status, "complete");
    assert.equal((await effectsOf(id)).task, "complete");
  }
  assert.equal((await storedFiles(`${bob.id}/bob.png`)).length, 1);
  // An input, four results, and the picture of the model.
  assert.equal((await storedFiles(bob.id)).length, 6);
  assert.equal((await send(bob, "account")).status, 200);
});

Deno.test("a user who is deleted in Auth takes files along that no row knows", async () => {
  const user = await newAccount("carl");
  await uploadPicture(user, "deep/below/some & of it.png", { width: 64, height: 64 });
  await withDatabase((sql) => sql`delete from auth.users where id = ${user.id}`);
  await waitUntilGone([user.id]);
});
