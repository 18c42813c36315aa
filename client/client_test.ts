import assert from "node:assert/strict";
import { CanceledError, type MakeIt3DError, RefusedError, StillRunningError } from "./errors.ts";
import type { Pending, PendingStorage } from "./pending.ts";
import {
  type Answer,
  type Asked,
  fakeBackend,
  inTurn,
  noNetwork,
  refusal,
  status,
} from "./testing.ts";

const REQUEST = { provider: "openai", prompt: "A red cube" } as const;

const accepted = (): Response =>
  Response.json({ celery_task_id: "id-1", warnings: ["style: ignored"] }, { status: 202 });
const complete = (): Response => status({ status: "complete", version: 9 });
const canceled = (): Response =>
  Response.json({ task_id: "id-1", status: "canceled", billed: "no" });

/** Answers submits, reads and cancellations each in its own way. */
function byMethod(answers: { post?: Answer; get?: Answer; delete?: Answer }): Answer {
  const { post = accepted, get = complete, delete: remove = canceled } = answers;
  return (asked) =>
    asked.method === "POST" ? post(asked) : asked.method === "DELETE" ? remove(asked) : get(asked);
}

async function keptIn(storage: PendingStorage): Promise<readonly Pending[]> {
  return JSON.parse(await storage.getItem("makeit3d:ref.supabase.co:user-1") ?? "[]");
}

function posts(asked: readonly Asked[]): readonly Asked[] {
  return asked.filter(({ method }) => method === "POST");
}

Deno.test("a request is kept before it is sent, by its id once it is accepted, and no longer than it runs", async () => {
  const kept: unknown[] = [];
  const note = async (): Promise<void> => void kept.push(await keptIn(backend.storage));
  const backend = fakeBackend(byMethod({
    post: async () => (await note(), accepted()),
    get: async () => (await note(), complete()),
  }));
  const options = { taskId: "task-1", scope: "editor" };
  await backend.client.generate("text-to-image", REQUEST, options);
  const common = { taskId: "task-1", operation: "text-to-image", scope: "editor" };
  assert.deepEqual(kept, [
    [{ ...common, body: { ...REQUEST, task_id: "task-1" } }],
    [{ ...common, id: "id-1" }],
  ]);
  assert.deepEqual(await keptIn(backend.storage), []);
});

Deno.test("a submit is sent again as it was while nobody answers, or where it is soon", async () => {
  const soon = (): Response => refusal("rate_limited", 429, { "retry-after": "60" });
  const broken = (): Response => new Response("<html>Bad gateway</html>", { status: 502 });
  const post = inTurn(noNetwork, soon, broken, accepted);
  const { client, clock, asked } = fakeBackend(byMethod({ post }));
  await client.generate("text-to-image", REQUEST);
  const bodies = posts(asked).map(({ body }) => JSON.stringify(body));
  assert.equal(bodies.length, 4);
  assert.equal(new Set(bodies).size, 1);
  assert.equal(clock.slept[1], 60_000);
});

Deno.test("more than a minute is for the app to decide, and then nothing is kept", async () => {
  const later = (): Response => refusal("quota_exceeded", 429, { "retry-after": "61" });
  const { client, clock, storage } = fakeBackend(byMethod({ post: later }));
  await assert.rejects(client.generate("text-to-image", REQUEST), (error) => {
    assert.ok(error instanceof RefusedError);
    assert.deepEqual([error.code, error.retryAfterSeconds, error.isRetryable], [
      "quota_exceeded",
      61,
      true,
    ]);
    return true;
  });
  assert.deepEqual(clock.slept, []);
  assert.deepEqual(await keptIn(storage), []);
});

Deno.test("what may have been accepted is kept, whatever the last answer was", async (t) => {
  const later = (): Response => refusal("quota_exceeded", 429, { "retry-after": "3600" });
  const cases: Record<string, Answer> = {
    "nobody answers": noNetwork,
    "a limit, after a lost answer": inTurn(noNetwork, later),
    "signed out, after a lost answer": inTurn(noNetwork, () => refusal("unauthorized", 401)),
    "an error of the backend": () => refusal("internal_error", 500),
  };
  for (const [name, post] of Object.entries(cases)) {
    await t.step(name, async () => {
      const first = fakeBackend(byMethod({ post }));
      await assert.rejects(first.client.generate("text-to-image", REQUEST), { code: "network" });
      const [kept] = await keptIn(first.storage);
      assert.ok(kept);
      // After the next start of the app.
      const second = fakeBackend(byMethod({}), first.storage);
      const [generation] = await second.client.resume();
      assert.equal((await generation?.result())?.status, "complete");
      assert.deepEqual(posts(second.asked).map(({ body }) => body), [kept.body]);
      assert.deepEqual(await keptIn(first.storage), []);
    });
  }
});

Deno.test("a refusal after a lost answer says that nothing was accepted, and nothing is kept", async () => {
  const post = inTurn(noNetwork, () => refusal("invalid_request", 400));
  const { client, storage } = fakeBackend(byMethod({ post }));
  await assert.rejects(client.generate("text-to-image", REQUEST), { code: "invalid_request" });
  assert.deepEqual(await keptIn(storage), []);
});

Deno.test("what was kept stays while it cannot be sent", async () => {
  const first = fakeBackend(byMethod({ post: noNetwork }));
  await assert.rejects(first.client.submit("text-to-image", REQUEST), { code: "network" });
  const later = (): Response => refusal("unavailable", 503, { "retry-after": "3600" });
  const second = fakeBackend(byMethod({ post: later }), first.storage);
  const [generation] = await second.client.resume();
  await assert.rejects(generation?.result() ?? assert.fail(), { code: "network" });
  assert.equal((await keptIn(first.storage)).length, 1);
});

Deno.test("resume takes up each once, as often as it is called", async () => {
  let release = (): void => {};
  const held = new Promise<Response>((resolve) => release = () => resolve(accepted()));
  const first = fakeBackend(byMethod({ post: noNetwork }));
  await first.client.submit("text-to-image", REQUEST).catch(() => {});
  const second = fakeBackend(byMethod({ post: () => held }), first.storage);
  const [one] = await second.client.resume();
  const [other] = await second.client.resume();
  assert.equal(one, other);
  release();
  await one?.result();
  assert.equal(posts(second.asked).length, 1);
});

const abortReason = (name: string): DOMException => new DOMException("Enough", name);

Deno.test("an abort cancels, a timeout detaches, and the app can say otherwise", async (t) => {
  const cases = [
    { reason: "AbortError", isCanceled: true },
    { reason: "TimeoutError", isCanceled: false },
    { reason: "AbortError", onAbort: "detach", isCanceled: false },
    { reason: "TimeoutError", onAbort: "cancel", isCanceled: true },
  ] as const;
  for (const { reason, isCanceled, ...options } of cases) {
    await t.step(JSON.stringify({ reason, ...options }), async () => {
      const abort = new AbortController();
      const held = ({ signal }: Asked): Promise<Response> =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          abort.abort(abortReason(reason));
        });
      const get = inTurn(() => status({ version: 1 }), held, complete);
      const { client, asked, storage } = fakeBackend(byMethod({ get }));
      const work = client.generate("text-to-image", REQUEST, { ...options, signal: abort.signal });
      const error = await work.catch((error: unknown) => error);
      if (isCanceled) assert.ok(error instanceof CanceledError && error.billed === "no");
      else assert.ok(error instanceof StillRunningError && error.id === "id-1");
      assert.ok((error as MakeIt3DError).cause instanceof DOMException);
      assert.equal(asked.some(({ method }) => method === "DELETE"), isCanceled);
      assert.equal((await keptIn(storage)).length, isCanceled ? 0 : 1);
    });
  }
});

Deno.test("an abort before anything is sent sends nothing", async () => {
  const { client, asked, storage } = fakeBackend(byMethod({}));
  const signal = AbortSignal.abort();
  await assert.rejects(client.generate("text-to-image", REQUEST, { signal }), CanceledError);
  const image = new Blob(["x"]);
  const request = { provider: "stability", image } as const;
  await assert.rejects(client.generate("remove-background", request, { signal }), CanceledError);
  assert.equal(asked.length, 0);
  assert.deepEqual(await keptIn(storage), []);
});

Deno.test("an abort while a submit is under way waits for its id, and cancels", async () => {
  const abort = new AbortController();
  const post = (): Response => (abort.abort(), accepted());
  const { client, asked, storage } = fakeBackend(byMethod({ post }));
  const work = client.generate("text-to-image", REQUEST, { signal: abort.signal });
  await assert.rejects(work, CanceledError);
  assert.deepEqual(asked.map(({ method }) => method), ["POST", "DELETE"]);
  assert.deepEqual(await keptIn(storage), []);
});

Deno.test("an abort that comes too late gives the result: it is paid", async () => {
  const abort = new AbortController();
  const get = inTurn(() => (abort.abort(), status({ version: 1 })), complete);
  const tooLate = (): Response => refusal("task_is_final", 409);
  const { client, storage } = fakeBackend(byMethod({ get, delete: tooLate }));
  const result = await client.generate("text-to-image", REQUEST, { signal: abort.signal });
  assert.equal(result.status, "complete");
  assert.deepEqual(await keptIn(storage), []);
});

Deno.test("what cannot be canceled now is canceled after the next start, and not bought for it", async (t) => {
  const offline = async (post: Answer) => {
    const abort = new AbortController();
    const get = (): Response => (abort.abort(), status({ version: 1 }));
    const answers = byMethod({
      post: (asked) => (post === noNetwork && abort.abort(), post(asked)),
      get,
      delete: noNetwork,
    });
    const backend = fakeBackend(answers);
    const work = backend.client.generate("text-to-image", REQUEST, { signal: abort.signal });
    const error = await work.catch((error: unknown) => error);
    assert.ok(error instanceof CanceledError && error.billed === "maybe", String(error));
    assert.equal((await keptIn(backend.storage))[0]?.isCanceled, true);
    return backend.storage;
  };
  await t.step("its id is known", async () => {
    const second = fakeBackend(byMethod({}), await offline(accepted));
    const [generation] = await second.client.resume();
    await generation?.cancel().catch(() => {});
    assert.equal(posts(second.asked).length, 0);
    assert.ok(second.asked.some(({ method }) => method === "DELETE"));
    assert.deepEqual(await keptIn(second.storage), []);
  });
  for (const isAccepted of [true, false]) {
    await t.step(`nobody knows its id; accepted: ${isAccepted}`, async () => {
      const post = (): Response =>
        Response.json({ dry_run: true, ...(isAccepted && { celery_task_id: "id-1" }) });
      const second = fakeBackend(byMethod({ post }), await offline(noNetwork));
      const [generation] = await second.client.resume();
      await generation?.cancel().catch(() => {});
      const sent = second.asked.map(({ method, path }) => `${method} ${path}`);
      const question = "POST generation/text-to-image?dry_run=true";
      assert.equal(sent[0], question);
      assert.equal(sent.includes("DELETE tasks/id-1"), isAccepted);
      assert.ok(sent.every((one) => one === question || one.startsWith("DELETE")));
      assert.deepEqual(await keptIn(second.storage), []);
    });
  }
});

Deno.test("a submit tells what was ignored of it", async () => {
  const { client } = fakeBackend(byMethod({}));
  const { id, warnings } = await client.submit("text-to-image", REQUEST);
  assert.deepEqual([id, warnings], ["id-1", ["style: ignored"]]);
});

Deno.test("a token that is refused is asked for once more", async () => {
  const { client, asked } = fakeBackend(() => refusal("unauthorized", 401));
  await assert.rejects(client.account(), { code: "unauthorized", isRetryable: false });
  assert.equal(asked.length, 1, "the same token is not sent twice");
});

Deno.test("a list tells its pages", async () => {
  const body = { tasks: [await status().json()], next_cursor: "abc" };
  const { client, asked } = fakeBackend(() => Response.json(body));
  const page = await client.list({ operation: "text-to-image", limit: 2, cursor: "x y" });
  assert.equal(page.nextCursor, "abc");
  assert.deepEqual(page.tasks.map(({ id, taskId }) => [id, taskId]), [["id-1", "task-1"]]);
  assert.equal(asked[0]?.path, "tasks?operation=text-to-image&limit=2&cursor=x%20y");
});
