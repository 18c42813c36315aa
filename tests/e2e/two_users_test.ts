/** Nothing that one user asks tells anything about another's. Each answer is compared with that for nothing. */
import assert from "node:assert/strict";
import {
  followToEnd,
  headersOf,
  newTaskId,
  post,
  signIn,
  submitTo,
  type User,
} from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { uploadModel, uploadPicture } from "../support/inputs.ts";
import { stack, withDatabase } from "../support/stack.ts";

const [owner, stranger] = await Promise.all([signIn(1), signIn(2)]);

interface Owned {
  readonly id: string;
  readonly clientTaskId: string;
  readonly input: string;
  readonly resultPath: string;
}

/** A task of the owner's that has ended, with its input and result. */
async function createOwned(): Promise<Owned> {
  const input = await uploadPicture(owner, `${crypto.randomUUID()}.png`);
  const { celery_task_id: id, task_id: clientTaskId } = await submitTo(owner, "image-to-image", {
    provider: "openai",
    prompt: "Two users",
    input_image_asset_url: input,
  });
  const { asset_url = "" } = await followToEnd(owner, id);
  return { id, clientTaskId, input, resultPath: asset_url.split("/generated/")[1] ?? "" };
}

const owned = await createOwned();

/** An answer without what differs between any two requests. */
async function answerOf(response: Response, ...names: readonly string[]): Promise<unknown> {
  const text = names.reduce(
    (words, name) => words.replaceAll(name, "(what was asked for)"),
    await response.text(),
  );
  const headers = [...response.headers]
    .filter(([name]) => !["date", "x-request-id", "content-length"].includes(name));
  const body = text.replace(/"request_id":"[^"]+"/, '"request_id":"…"');
  return { status: response.status, headers, body };
}

/** Asks as the stranger for what is the owner's and for what is nobody's: the answers are the same. */
async function assertSame(
  ask: (name: string) => Promise<Response>,
  foreign: string,
  missing: string,
): Promise<void> {
  assert.deepEqual(
    await answerOf(await ask(foreign), foreign),
    await answerOf(await ask(missing), missing),
  );
}

function ask(user: User, method: string, path: string): Promise<Response> {
  return fetch(`${stack.functionsUrl}/${path}`, {
    method,
    headers: headersOf(user.token),
    ...(method === "POST" && { body: JSON.stringify({ reason: "Not mine" }) }),
  });
}

Deno.test("a foreign task is as if it were not there: status, cancellation and report, on all paths", async (t) => {
  const routes = [
    ["GET", (id: string) => `tasks/${id}/status`],
    ["GET", (id: string) => `tasks-status/${id}`],
    ["DELETE", (id: string) => `tasks/${id}`],
    ["DELETE", (id: string) => `tasks-status/${id}`],
    ["POST", (id: string) => `tasks/${id}/report`],
    ["POST", (id: string) => `tasks-status/${id}/report`],
  ] as const;
  const before = await effectsOf(owned.id);
  for (const [method, path] of routes) {
    await t.step(`${method} ${path("{id}")}`, async () => {
      await assertSame((id) => ask(stranger, method, path(id)), owned.id, crypto.randomUUID());
      assert.equal(await answerStatus(ask(stranger, method, path(owned.id))), 404);
    });
  }
  assert.deepEqual(await effectsOf(owned.id), before);
});

async function answerStatus(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  await response.body?.cancel();
  return response.status;
}

Deno.test("the same task_id is free for another user, and says nothing of the first", async () => {
  const body = { provider: "openai", prompt: "Another picture", task_id: owned.clientTaskId };
  const response = await post("text-to-image", body, headersOf(stranger.token));
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("idempotency-replayed"), null);
  const { celery_task_id: id, task_id } = await response.json();
  assert.equal(task_id, owned.clientTaskId);
  assert.notEqual(id, owned.id);
  assert.equal((await followToEnd(stranger, id)).status, "complete");
});

Deno.test("a foreign draft model is ignored like one that is not there", async () => {
  const { celery_task_id: id } = await submitTo(owner, "text-to-model", {
    provider: "tripo",
    prompt: "A cube",
  });
  await followToEnd(owner, id, 60);
  const { data } = await owner.supabase.from("models").select("ai_service_task_id")
    .eq("celery_task_id", id).single();
  const draft = data?.ai_service_task_id ?? "";
  assert.notEqual(draft, "");
  const input_model_asset_url = await uploadModel(stranger, "draft.glb");
  const warningsFor = async (draft_model_task_id: string): Promise<readonly string[]> => {
    const body = {
      provider: "tripo",
      prompt: "A glaze",
      draft_model_task_id,
      input_model_asset_url,
    };
    return (await submitTo(stranger, "refine-model", body)).warnings;
  };
  const warnings = await warningsFor(draft);
  assert.deepEqual(warnings, ["draft_model_task_id: none of your tasks; ignored"]);
  assert.deepEqual(warnings, await warningsFor(crypto.randomUUID()));
});

Deno.test("a foreign input is refused like one that is not there, in every form of address", async (t) => {
  const path = owned.input.split("/inputs/")[1] ?? "";
  const missing = path.replace(/[^/]+$/, `${crypto.randomUUID()}.png`);
  for (const form of ["authenticated/", "public/", "sign/", ""]) {
    await t.step(form || "short", async () => {
      const submitWith = (name: string): Promise<Response> =>
        post("image-to-image", {
          task_id: newTaskId(),
          provider: "openai",
          prompt: "A theft",
          input_image_asset_url: `${stack.projectUrl}/storage/v1/object/${form}inputs/${name}`,
        }, headersOf(stranger.token));
      await assertSame(submitWith, path, missing);
      assert.equal(await answerStatus(submitWith(path)), 400);
    });
  }
});

Deno.test("the Data API shows nobody's row of any table to another", async (t) => {
  const tables = await withDatabase((sql) =>
    sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`
  );
  assert.ok(tables.length >= 4);
  for (const { name } of tables) {
    const rest = async (user: User, method: string, query: string): Promise<unknown> => {
      const response = await fetch(`${stack.projectUrl}/rest/v1/${name}?${query}`, {
        method,
        headers: {
          apikey: stack.secrets.publishableKey,
          Authorization: `Bearer ${user.token}`,
          Prefer: "return=representation,count=exact",
        },
      });
      return { status: response.status, body: await response.json() };
    };
    await t.step(name, async () => {
      const all = `select=id&user_id=eq.${owner.id}`;
      assert.deepEqual(await rest(stranger, "GET", all), { status: 200, body: [] });
      const own = await rest(stranger, "GET", `select=id&user_id=eq.${stranger.id}`);
      assert.equal(Reflect.get(Object(own), "status"), 200);
      // Removing all of another's: refused, or nothing was there to remove.
      const removed = await rest(stranger, "DELETE", all);
      assert.ok(
        ["[]", "42501"].some((words) => JSON.stringify(removed).includes(words)),
        JSON.stringify(removed),
      );
    });
  }
  assert.equal((await followToEnd(owner, owned.id)).status, "complete");
});

Deno.test("the Data API offers no schema but public, and no function", async (t) => {
  const schemas = ["private", "pgmq", "pgmq_public", "net", "cron", "vault", "auth", "storage"];
  const ask = async (path: string, headers: Record<string, string>): Promise<Response> =>
    await fetch(`${stack.projectUrl}/rest/v1/${path}`, {
      headers: {
        apikey: stack.secrets.publishableKey,
        Authorization: `Bearer ${stranger.token}`,
        ...headers,
      },
    });
  for (const schema of schemas) {
    await t.step(schema, async () => {
      for (
        const path of ["lanes?select=*", "q_openai?select=*", "users?select=*", "buckets?select=*"]
      ) {
        const response = await ask(path, { "Accept-Profile": schema });
        assert.ok(response.status >= 400, `${path} of ${schema}: ${response.status}`);
        await response.body?.cancel();
      }
    });
  }
  for (const name of ["claim_tasks", "submit_task", "expire_tasks", "read", "send"]) {
    await t.step(`rpc ${name}`, async () => {
      assert.equal(await answerStatus(ask(`rpc/${name}`, {})), 404);
    });
  }
  await t.step("as the project is configured", async () => {
    const config = await Deno.readTextFile(new URL("../../supabase/config.toml", import.meta.url));
    assert.match(config, /^\[api\]\nschemas = \["public"\]\n/m);
  });
});

Deno.test("Storage neither lists, nor hands out, nor signs, nor changes another's file", async (t) => {
  const places = [
    ["inputs", owned.input.split("/inputs/")[1] ?? ""],
    ["generated", owned.resultPath],
  ] as const;
  for (const [bucket, path] of places) {
    const folder = path.split("/").slice(0, -1).join("/");
    const missing = `${folder}/${crypto.randomUUID()}.png`;
    const files = stranger.supabase.storage.from(bucket);
    await t.step(`${bucket}: lists`, async () => {
      for (const place of [folder, owner.id]) {
        assert.deepEqual((await files.list(place)).data ?? [], []);
      }
      const names = (await files.list("")).data?.map(({ name }) => name) ?? [];
      assert.ok(!names.includes(owner.id), names.join());
    });
    await t.step(`${bucket}: hands out, signs, moves, copies and removes`, async () => {
      const own = `${stranger.id}/${crypto.randomUUID()}.png`;
      const attempts: readonly ((name: string) => Promise<{ error: unknown }>)[] = [
        // Who knows the address of a public file may read it; nobody can find it out.
        ...(bucket === "inputs"
          ? [(name: string) => files.download(name), (name: string) => files.info(name)]
          : []),
        (name) => files.createSignedUrl(name, 60),
        (name) => files.move(name, own),
        (name) => files.copy(name, own),
        (name) =>
          files.upload(name, new Uint8Array([1]), { contentType: "image/png", upsert: true }),
      ];
      for (const [index, attempt] of attempts.entries()) {
        const [foreign, nothing] = [await attempt(path), await attempt(missing)];
        assert.ok(foreign.error, `attempt ${index}`);
        assert.equal(
          String(foreign.error).replaceAll(path, ""),
          String(nothing.error).replaceAll(missing, ""),
          `attempt ${index}`,
        );
      }
      const removed = await files.remove([path]);
      assert.deepEqual(removed.data ?? [], []);
    });
    await t.step(`${bucket}: is unchanged`, async () => {
      assert.equal((await owner.supabase.storage.from(bucket).download(path)).error, null);
    });
  }
});

Deno.test("Realtime is told of no table, so it tells nobody", async () => {
  const published = await withDatabase((sql) =>
    sql`
      select schemaname, tablename from pg_publication_tables
      where schemaname in ('public', 'private', 'pgmq')
    `
  );
  assert.deepEqual([...published], []);
});
