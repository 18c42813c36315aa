import type { Hono } from "hono";
import assert from "node:assert/strict";
import { z } from "zod";
import { createTestApp, jsonRequest } from "../testing.ts";
import {
  fromText,
  orderFault,
  readData,
  readRefusal,
  readTaskId,
  taskSchema,
  TEXT_TO_MODEL,
} from "./testing.ts";

const LIST = "/tripo/v3/tasks/list";

async function submit(app: Hono, changes: Record<string, unknown> = {}): Promise<string> {
  const response = await app.request(TEXT_TO_MODEL, jsonRequest({ ...fromText, ...changes }));
  return await readTaskId(response);
}

Deno.test("several tasks are read at once, and those that are not there named", async () => {
  const app = createTestApp();
  const ids = [await submit(app), await submit(app, { prompt: "sim:failed-2008" })];
  const [first = ""] = ids;
  const request = jsonRequest({ task_ids: ["unknown", ...ids, first, "unknown"] });
  const { data } = await readData(await app.request(LIST, request));
  const { tasks, missed } = z.object({
    tasks: z.record(z.string(), taskSchema),
    missed: z.array(z.string()),
  }).parse(data);
  assert.deepEqual(Object.entries(tasks).map(([id, { status }]) => [id, status]), [
    [ids[0], "success"],
    [ids[1], "failed"],
  ]);
  assert.deepEqual(missed, ["unknown"]);
});

Deno.test("no more than a hundred tasks are read at once, and those of another key not at all", async () => {
  const app = createTestApp();
  const id = await submit(app);
  const list = async (task_ids: unknown, key = "sk-simulated"): Promise<Response> => {
    const { headers, ...request } = jsonRequest({ task_ids });
    return await app.request(LIST, {
      ...request,
      headers: { ...Object(headers), authorization: `Bearer ${key}` },
    });
  };
  for (const refused of [Array.from({ length: 101 }, (_, place) => String(place)), [], "a", [7]]) {
    assert.deepEqual(await readRefusal(await list(refused)), [400, 1004]);
  }
  const full = [id, ...Array.from({ length: 99 }, (_, place) => String(place))];
  assert.equal((await list(full)).status, 200);
  const { data } = await readData(await list([id], "sk-other"));
  assert.deepEqual(data, { tasks: {}, missed: [id] });
});

Deno.test("a fault of polls is one of lists, too", async () => {
  const app = createTestApp();
  const id = await submit(app);
  await orderFault(app, { kind: "rate_limited", operation: "poll" });
  const list = async (): Promise<Response> =>
    await app.request(LIST, jsonRequest({ task_ids: [id] }));
  assert.deepEqual(await readRefusal(await list()), [429, 1007]);
  assert.equal((await list()).status, 200);
});
