import assert from "node:assert/strict";
import { errorBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, submit } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { withPausedSubmits } from "../support/limits.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const PAUSE = { message: "Back at noon: the database moves", retryAfterSeconds: 900 };

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly retryAfter: string | null;
}

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.json();
  const message = response.ok ? "" : errorBody.parse(body).message;
  return { status: response.status, message, retryAfter: response.headers.get("retry-after") };
}

async function health(secret?: string): Promise<Answer> {
  const headers = secret === undefined ? {} : { apikey: secret };
  return await answerOf(await fetch(`${stack.functionsUrl}/generation/health`, { headers }));
}

const REFUSAL: Answer = { status: 503, message: PAUSE.message, retryAfter: "900" };

Deno.test("while submits are paused nothing new is accepted, what was accepted is done, and health says so", async () => {
  const user = await signIn();
  const request = { task_id: newTaskId(), provider: "openai", prompt: "A cube for the pause" };
  const ask = async (fields: Record<string, unknown> = {}, query = ""): Promise<Answer> =>
    await answerOf(
      await post(`text-to-image${query}`, { ...request, ...fields }, headersOf(user.token)),
    );
  let before = "";
  await withLane("openai", { paused_until: new Date(Date.now() + 300_000) }, async () => {
    before = await submit(user, request);
    await withPausedSubmits(PAUSE, async () => {
      assert.deepEqual(await ask({ task_id: newTaskId() }), REFUSAL);
      assert.deepEqual(await ask({ task_id: newTaskId() }, "?dry_run=true"), REFUSAL);
      assert.equal((await ask()).status, 202, "a replay");
      await waitUntil("a health that knows", async () => (await health()).status === 503);
      assert.deepEqual(await health(), REFUSAL);
      const { secrets } = stack;
      const told = await health(secrets.workerSecret);
      assert.deepEqual(told, { ...REFUSAL, message: `${PAUSE.message} (submits_paused)` });
    });
  });
  await withPausedSubmits(PAUSE, async () => {
    await followToEnd(user, before);
    assert.deepEqual(await effectsOf(before), ONE_COMPLETE_IMAGE);
  });
  await waitUntil("health", async () => (await health()).status === 200);
  assert.equal((await ask({ task_id: newTaskId() })).status, 202);
});
