import assert from "node:assert/strict";
import { fakeBackend, inTurn, refusal, status } from "../testing.ts";
import { GenerationStore } from "./generation_store.ts";

Deno.test("how much of its files is sent is a percentage, until something else is begun", async () => {
  const { client } = fakeBackend(({ method, path }) => {
    if (path.startsWith("/storage/")) return Response.json({});
    if (method === "POST") return Response.json({ celery_task_id: "id-1", warnings: [] });
    return status({ status: "complete", version: 9 });
  });
  const store = new GenerationStore(client, "image-to-model", undefined);
  const seen: (number | undefined)[] = [];
  store.subscribe(() => {
    const { uploadProgress } = store.snapshot();
    if (seen.at(-1) !== uploadProgress) seen.push(uploadProgress);
  });
  await store.mount();
  const images = [new Blob(["x"]), new Blob(["yyy"])];
  await store.generate({ provider: "stability", images });
  const [nothing, part, all] = seen;
  assert.ok(nothing === 0 && all === 100 && seen.length === 3, `${seen}`);
  assert.ok(part === 25 || part === 75);
  assert.equal(store.snapshot().status, "success");
  store.stop();
  assert.equal(store.snapshot().uploadProgress, undefined);
});

Deno.test("what keeps a request from being accepted is the problem, until it is over or canceled", async () => {
  const accepted = (): Response => Response.json({ celery_task_id: "id-1", warnings: [] });
  const paused = (): Response => refusal("unavailable", 503, { "retry-after": "60" });
  const complete = (): Response => status({ status: "complete", version: 9 });
  const request = { provider: "openai", prompt: "A red cube" } as const;
  for (const isCanceled of [false, true]) {
    const { client, asked } = fakeBackend(inTurn(paused, accepted, complete));
    const store = new GenerationStore(client, "text-to-image", undefined);
    const seen: string[] = [];
    store.subscribe(() => {
      const { status, problem } = store.snapshot();
      const shown = `${status} ${problem?.message}`;
      if (seen.at(-1) !== shown) seen.push(shown);
      if (problem && isCanceled) store.cancel();
    });
    await store.mount();
    await store.generate(request);
    assert.deepEqual(seen.slice(0, 4), [
      "idle undefined",
      "generating undefined",
      "generating No: unavailable",
      "generating undefined",
    ]);
    assert.equal(seen.at(-1), isCanceled ? "error undefined" : "success undefined");
    assert.equal(asked.length, isCanceled ? 1 : 3);
  }
});
