import assert from "node:assert/strict";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";

interface Accepted {
  readonly id: string;
  readonly replayed: boolean;
}

async function accept(user: User, body: unknown): Promise<Accepted> {
  const response = await post("text-to-image", body, headersOf(user.token));
  assert.equal(response.status, 202);
  const { celery_task_id: id } = acceptedBody.parse(await response.json());
  return { id, replayed: response.headers.get("idempotency-replayed") === "true" };
}

function newRequest(): { task_id: string; provider: string; prompt: string } {
  return { task_id: newTaskId(), provider: "openai", prompt: `Only once ${crypto.randomUUID()}` };
}

Deno.test("the same request again gets the same task and buys nothing", async () => {
  const user = await signIn();
  const request = newRequest();
  const first = await accept(user, request);
  assert.equal(first.replayed, false);
  assert.deepEqual(await accept(user, request), { id: first.id, replayed: true });
  await followToEnd(user, first.id);
  assert.deepEqual(await accept(user, request), { id: first.id, replayed: true });

  assert.deepEqual(await effectsOf(first.id), ONE_COMPLETE_IMAGE);
  assert.equal(await purchasesOf(request.prompt), 1);
});

Deno.test("the same request from twenty connections at once makes one task", async () => {
  const user = await signIn();
  const request = newRequest();
  const answers = await Promise.all(Array.from({ length: 20 }, () => accept(user, request)));
  const ids = new Set(answers.map(({ id }) => id));
  assert.equal(ids.size, 1);
  assert.equal(answers.filter(({ replayed }) => !replayed).length, 1);

  const [id = ""] = ids;
  await followToEnd(user, id);
  assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
  assert.equal(await purchasesOf(request.prompt), 1);
});

Deno.test(
  "another request under the same task_id is a conflict that names what differs",
  async () => {
    const user = await signIn();
    const request = newRequest();
    const { id } = await accept(user, request);
    const other = { ...request, prompt: "Something else", size: "1792x1024" };
    const response = await post("text-to-image", other, headersOf(user.token));
    assert.equal(response.status, 409);
    const { error, message, details } = await response.json();
    assert.equal(error, "task_id_conflict");
    assert.match(message, new RegExp(id));
    assert.deepEqual(
      details.map(({ field }: { field: string }) => field),
      ["prompt", "size"],
    );
    // Otherwise its call would meet the fault of the next test.
    await followToEnd(user, id);
  },
);

Deno.test("after a failure the task_id may be used again", async () => {
  const user = await signIn();
  const request = newRequest();
  const refused = await withFaults([{ kind: "refused", times: 1 }], async () => {
    const { id } = await accept(user, request);
    return await followToEnd(user, id);
  });
  assert.equal(refused.status, "failed");

  const again = await accept(user, request);
  assert.notEqual(again.id, refused.task_id);
  assert.equal((await followToEnd(user, again.id)).status, "complete");
});
