import assert from "node:assert/strict";
import { fakeBackend, status } from "../testing.ts";
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
