import assert from "node:assert/strict";
import { answerNever, breakOff, cutShort, leaveEmpty } from "./lost_answer.ts";

const answer = (): Response => Response.json({ code: 0, data: { task_id: "secret" } });

Deno.test("breakOff begins the answer and fails before it tells anything", async () => {
  const response = await breakOff(answer());
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  await assert.rejects(response.text());
});

Deno.test("cutShort ends the answer before it is JSON", async () => {
  const response = await cutShort(answer());
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(await response.text(), '{"code":0');
});

Deno.test("cutShort does not make the rest of a large file", async () => {
  let made = 0;
  const file = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000).fill(++made)),
  });
  assert.equal((await (await cutShort(new Response(file))).bytes()).length, 9);
  assert.ok(made < 5);
});

Deno.test("leaveEmpty keeps nothing but the type", async () => {
  const response = await leaveEmpty(answer());
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("content-length"), null);
  assert.equal(await response.text(), "");
});

Deno.test("answerNever ends with the client", async () => {
  const client = new AbortController();
  const waiting = answerNever(client.signal);
  client.abort();
  assert.equal((await waiting).status, 499);
});
