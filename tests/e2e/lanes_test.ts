import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo, type User } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { withDatabase } from "../support/stack.ts";

async function submitMany(user: User, count: number, provider: string): Promise<string[]> {
  const ids: string[] = [];
  for (let place = 0; place < count; place++) {
    const body = { provider, prompt: `Number ${place}` };
    ids.push((await submitTo(user, "text-to-image", body)).celery_task_id);
  }
  return ids;
}

/** Ids in the order in which the tasks were started. */
async function startsOf(ids: readonly string[]): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ id: string }[]>`
      select task_id as id from private.provider_calls
      where task_id = any (${[...ids]}::uuid[]) order by provider_calls.id
    `
  );
  return rows.map(({ id }) => id);
}

Deno.test("who has one task does not wait for another's many", async () => {
  const [ann, bob] = await Promise.all([signIn(1), signIn(2)]);
  const later = new Date(Date.now() + 300_000);
  const ids = await withLane("stability", { max_in_flight: 1 }, async () => {
    const submitted = await withLane("stability", { paused_until: later }, async () => ({
      ann: await submitMany(ann, 19, "stability"),
      bob: await submitMany(bob, 1, "stability"),
    }));
    await Promise.all([
      ...submitted.ann.map((id) => followToEnd(ann, id, 60)),
      ...submitted.bob.map((id) => followToEnd(bob, id, 60)),
    ]);
    return submitted;
  });
  const place = (await startsOf([...ids.ann, ...ids.bob])).indexOf(ids.bob[0] ?? "");
  // Before her first, if she had tasks in the lane just now.
  assert.ok(place >= 0 && place <= 1, `Bob came after ${place} of Ann's 19 tasks`);
});

Deno.test("a paused lane holds its own tasks and no others", async () => {
  const user = await signIn();
  const later = new Date(Date.now() + 300_000);
  const held = await withLane("recraft", { paused_until: later }, async () => {
    const [waiting = ""] = await submitMany(user, 1, "recraft");
    const [other = ""] = await submitMany(user, 1, "stability");
    assert.equal((await followToEnd(user, other)).status, "complete");
    assert.deepEqual(await startsOf([waiting]), []);
    return waiting;
  });
  assert.equal((await followToEnd(user, held)).status, "complete");
});
