import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { withDatabase } from "../support/stack.ts";

async function submitMany(user: NewUser, count: number, provider: string): Promise<string[]> {
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

/** Has users submit while nothing starts, one after the other; returns whose task starts at which place. */
async function startsInTurns(
  wishes: readonly (readonly [user: NewUser, count: number])[],
): Promise<NewUser[]> {
  const later = new Date(Date.now() + 300_000);
  const owners = new Map<string, NewUser>();
  await withLane("stability", { max_in_flight: 1 }, async () => {
    await withLane("stability", { paused_until: later }, async () => {
      for (const [user, count] of wishes) {
        for (const id of await submitMany(user, count, "stability")) owners.set(id, user);
      }
    });
    await Promise.all([...owners].map(([id, user]) => followToEnd(user, id, 60)));
  });
  return (await startsOf([...owners.keys()])).flatMap((id) => owners.get(id) ?? []);
}

Deno.test("who has one task does not wait for another's many", async () => {
  const [ann, bob, carl] = await Promise.all([newUser(), newUser(), newUser()]);
  const starts = await startsInTurns([[ann, 9], [bob, 1]]);
  assert.equal(starts.indexOf(bob), 1, "Bob comes after one of Ann's, who had come before him");
  // She has had a turn just now, and he none.
  assert.deepEqual(await startsInTurns([[ann, 2], [carl, 1]]), [carl, ann, ann]);
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
