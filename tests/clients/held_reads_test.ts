import assert from "node:assert/strict";
import { withFaults } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { anApp, aPrompt } from "./support/an_app.ts";
import { Gate } from "./support/gate.ts";

Deno.test("a result comes by a read that the backend holds: not by asking again and again", async () => {
  const reads: string[] = [];
  const watching: typeof fetch = (input, init) => {
    if (String(input).includes("/tasks/")) reads.push(new URL(String(input)).search);
    return fetch(input, init);
  };
  const { client } = await anApp({ fetch: watching });
  await withFaults([{ kind: "slow", times: 1, latency_ms: 6_000 }], async () => {
    await client.generate("text-to-image", { provider: "openai", prompt: aPrompt() });
  });
  // Shown, begun, complete.
  assert.equal(reads[0], "");
  assert.ok(reads.slice(1).every((search) => search === "?wait=25"), `${reads}`);
  assert.ok(reads.length <= 4, `${reads}`);
});

Deno.test("where something in between cuts held reads, the result comes all the same", async () => {
  const gate = new Gate(stack.projectUrl);
  let cuts = 0;
  gate.breaks = (text) => {
    if (!text.includes("?wait=")) return false;
    cuts++;
    return true;
  };
  try {
    const { client } = await anApp({ fetch: gate.fetch });
    const request = { provider: "openai", prompt: aPrompt() } as const;
    assert.equal((await client.generate("text-to-image", request)).status, "complete");
    assert.ok(cuts > 0);
  } finally {
    await gate.end();
  }
});

Deno.test("a list tells the user's tasks, page by page, and not those of others", async () => {
  const { client } = await anApp();
  const other = await anApp();
  const make = async (): Promise<string> => {
    const request = { provider: "openai", prompt: aPrompt() } as const;
    return (await client.submit("text-to-image", request)).id;
  };
  const ids = [await make(), await make(), await make()].reverse();
  const first = await client.list({ limit: 2 });
  assert.deepEqual(first.tasks.map(({ id }) => id), ids.slice(0, 2));
  const second = await client.list({ limit: 2, cursor: first.nextCursor ?? "" });
  assert.deepEqual(second.tasks.map(({ id }) => id), ids.slice(2));
  assert.equal(second.nextCursor, null);
  assert.deepEqual((await client.list({ operation: "text-to-model" })).tasks, []);
  assert.deepEqual((await other.client.list()).tasks, []);
  for (const id of ids) await client.follow(id).result();
  assert.equal((await client.list({ status: "complete" })).tasks.length, 3);
});
