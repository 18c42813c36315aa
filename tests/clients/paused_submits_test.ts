import assert from "node:assert/strict";
import { CanceledError, type MakeIt3DError, RefusedError } from "../../client/mod.ts";
import { withPausedSubmits } from "../support/limits.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { anApp, aPrompt } from "./support/an_app.ts";

const MESSAGE = "Back at noon: the database moves";

async function tasksOf(userId: string): Promise<number> {
  const tasks = await withDatabase((sql) =>
    sql`select id from public.tasks where user_id = ${userId}`
  );
  return tasks.length;
}

Deno.test("an app is told that new requests are paused, and an abort buys nothing, also after the pause", async () => {
  const { client, device, user } = await anApp();
  const prompt = aPrompt();
  const abort = new AbortController();
  let told: MakeIt3DError | undefined;
  const onProblem = (problem: MakeIt3DError | undefined): void => {
    told ??= problem;
    abort.abort();
  };
  await withPausedSubmits({ message: MESSAGE, retryAfterSeconds: 60 }, async () => {
    const options = { signal: abort.signal, onProblem };
    const work = client.submit("text-to-image", { provider: "openai", prompt }, options);
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof CanceledError);
      assert.equal(error.billed, "no");
      return true;
    });
  });
  assert.ok(told instanceof RefusedError);
  const { message, code, retryAfterSeconds } = told;
  assert.deepEqual([message, code, retryAfterSeconds], [MESSAGE, "unavailable", 60]);
  assert.equal(device.pending, 0);
  assert.deepEqual(await client.resume(), []);
  assert.deepEqual([await tasksOf(user.id), await purchasesOf(prompt)], [0, 0]);
});

Deno.test("what was asked for in a pause is made when it has ended, once", async () => {
  const { client, user } = await anApp();
  const prompt = aPrompt();
  const told: (string | undefined)[] = [];
  const isPaused = Promise.withResolvers<void>();
  const onProblem = (problem: MakeIt3DError | undefined): void => {
    told.push(problem?.code);
    isPaused.resolve();
  };
  let work: Promise<{ readonly status: string }> | undefined;
  await withPausedSubmits({ message: MESSAGE, retryAfterSeconds: 1 }, async () => {
    work = client.generate("text-to-image", { provider: "openai", prompt }, { onProblem });
    await isPaused.promise;
  });
  assert.equal((await work)?.status, "complete");
  assert.deepEqual([told[0], told.at(-1)], ["unavailable", undefined]);
  assert.deepEqual([await tasksOf(user.id), await purchasesOf(prompt)], [1, 1]);
});
