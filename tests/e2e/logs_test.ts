import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { followToEnd, headersOf, newTaskId, post, signIn } from "../support/client.ts";
import { readHeaderNames, readPurchases } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const line = z.looseObject({ event: z.string(), level: z.string() });

/** Lines of a function's log that carry an id; every line must be a JSON object. */
async function linesOf(functionName: string, id: string): Promise<z.infer<typeof line>[]> {
  const text = await Deno.readTextFile(join(stack.folder, "logs", `${functionName}.log`));
  return text
    .trim()
    .split("\n")
    .filter((words) => words.includes(id))
    .map((words) => line.parse(JSON.parse(words)));
}

Deno.test("one request id leads from the submit to the provider call", async () => {
  const user = await signIn();
  const requestId = crypto.randomUUID();
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const response = await post("text-to-image", body, {
    ...headersOf(user.token),
    "X-Request-Id": requestId,
  });
  assert.equal(response.headers.get("x-request-id"), requestId);
  const { celery_task_id: taskId } = await response.json();
  await followToEnd(user, taskId);

  const accepted = await linesOf("generation", requestId);
  assert.deepEqual(
    accepted.map(({ event }) => event),
    ["task accepted", "request"],
  );
  assert.equal(accepted[0]?.["task_id"], taskId);
  const worked = await waitUntil("the worker's log", async () => {
    const lines = await linesOf("worker", requestId);
    return lines.length === 2 && lines;
  });
  assert.deepEqual(
    worked.map(({ event }) => event),
    ["step started", "step ended"],
  );
  for (const { task_id } of worked) assert.equal(task_id, taskId);
  assert.match(String(worked[1]?.["provider_request_id"]), /^req_/);
});

Deno.test("the log says the state that a settlement reached, whatever the step proposed", async () => {
  const user = await signIn();
  const requestId = crypto.randomUUID();
  // Accepted by Tripo, and the answer is lost: the step has failed, and its call is looked for.
  const body = { task_id: newTaskId(), provider: "tripo", prompt: "sim:lost" };
  const response = await post("text-to-model", body, {
    ...headersOf(user.token),
    "X-Request-Id": requestId,
  });
  const { celery_task_id: taskId } = await response.json();
  assert.equal((await followToEnd(user, taskId)).status, "complete");
  const ended = await waitUntil("the worker's log", async () => {
    const lines = await linesOf("worker", requestId);
    return lines.find(({ event }) => event === "step ended");
  });
  assert.deepEqual(
    [ended["state"], ended["error_code"]],
    ["looking", "provider_unavailable"],
    JSON.stringify(ended),
  );
});

/** Bytes as hexadecimal digits. */
function randomDigits(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}

Deno.test("one trace leads from the app to the last poll, and to no provider", async () => {
  const user = await signIn();
  const [requestId, traceId, prompt] = [crypto.randomUUID(), randomDigits(16), crypto.randomUUID()];
  const response = await post(
    "text-to-model",
    { task_id: newTaskId(), provider: "tripo", prompt },
    {
      ...headersOf(user.token),
      "X-Request-Id": requestId,
      traceparent: `00-${traceId}-${randomDigits(8)}-01`,
      tracestate: `acme=${traceId}`,
    },
  );
  const { celery_task_id: taskId } = await response.json();
  assert.equal((await followToEnd(user, taskId)).status, "complete");

  const worked = await waitUntil("the worker's log", async () => {
    const lines = await linesOf("worker", taskId);
    return lines.some(({ state }) => state === "complete") && lines;
  });
  // It was submitted by one step, and polled by another at least.
  assert.ok(worked.filter(({ event }) => event === "step started").length > 1);
  const accepted = await linesOf("generation", requestId);
  assert.deepEqual(accepted.map(({ event }) => event), ["task accepted", "request"]);
  for (const { trace_id } of [...accepted, ...worked]) assert.equal(trace_id, traceId);
  assert.equal((await linesOf("worker", traceId)).length, worked.length);

  const sent = (await readPurchases()).filter(({ request }) => request["prompt"] === prompt);
  assert.equal(sent.length, 1);
  assert.ok(!JSON.stringify(sent).includes(traceId));
  const names = await readHeaderNames();
  assert.ok(names.includes("authorization"), String(names));
  assert.deepEqual(names.filter((name) => /trace|b3|baggage/.test(name)), []);
});

Deno.test("a traceparent that is not valid refuses nothing, and is in no line", async () => {
  const user = await signIn();
  const requestId = crypto.randomUUID();
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const traceparent = `00-${"0".repeat(32)}-${randomDigits(8)}-01`;
  const headers = { ...headersOf(user.token), "X-Request-Id": requestId, traceparent };
  const response = await post("text-to-image", body, headers);
  assert.equal(response.status, 202);
  const { celery_task_id: taskId } = await response.json();
  assert.equal((await followToEnd(user, taskId)).status, "complete");
  const lines = [...await linesOf("generation", requestId), ...await linesOf("worker", requestId)];
  assert.ok(lines.length >= 3);
  for (const line of lines) assert.ok(!("trace_id" in line), JSON.stringify(line));
});
