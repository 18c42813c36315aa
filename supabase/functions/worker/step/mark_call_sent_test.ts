import assert from "node:assert/strict";
import type { WorkQueue } from "../../../../shared/tasks/work_queue.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { IsolateEndsTooSoon, markCallSent } from "./mark_call_sent.ts";

type Queue = Pick<WorkQueue, "markCallSent">;

const claim = aClaim();

const longLife = (): number => Infinity;

const refused = { name: "ProviderError", code: "timeout", ambiguous: false, ownCut: true };

Deno.test("a call of a task that is held may go out", async () => {
  const asked: string[] = [];
  const queue: Queue = {
    markCallSent: ({ taskId, lease }) => {
      asked.push(`${taskId} ${lease}`);
      return Promise.resolve(true);
    },
  };
  await markCallSent(queue, claim, new AbortController().signal, longLife);
  assert.deepEqual(asked, [`${claim.taskId} ${claim.lease}`]);
});

Deno.test("a call of a task that is lost must not go out", async () => {
  const queue: Queue = { markCallSent: () => Promise.resolve(false) };
  await assert.rejects(markCallSent(queue, claim, new AbortController().signal, longLife), refused);
});

Deno.test("a database that is away for a moment is asked again", async () => {
  let asked = 0;
  const queue: Queue = {
    markCallSent: () => asked++ === 0 ? Promise.reject(new Error("away")) : Promise.resolve(true),
  };
  await markCallSent(queue, claim, new AbortController().signal, longLife);
  assert.equal(asked, 2);
});

Deno.test("a task that is lost while the database is away is not called for", async () => {
  const controller = new AbortController();
  const queue: Queue = {
    markCallSent: () => {
      controller.abort();
      return Promise.reject(new Error("away"));
    },
  };
  const call = markCallSent(queue, claim, controller.signal, longLife);
  await assert.rejects(call, { ...refused, message: /away/ });
});

Deno.test("a task that is lost while the database answers is not called for", async () => {
  const controller = new AbortController();
  const queue: Queue = {
    markCallSent: () => {
      controller.abort();
      return Promise.resolve(true);
    },
  };
  await assert.rejects(markCallSent(queue, claim, controller.signal, longLife), refused);
});

Deno.test("for a task that is lost already nothing is asked", async () => {
  const queue: Queue = { markCallSent: () => assert.fail("Asked") };
  await assert.rejects(markCallSent(queue, claim, AbortSignal.abort(), longLife), refused);
});

Deno.test("a call that its isolate may not live through must not go out", async (t) => {
  const { signal } = new AbortController();
  await t.step("which is not even asked for", async () => {
    let asked = 0;
    const queue: Queue = { markCallSent: () => Promise.resolve(asked++ === 0) };
    const call = markCallSent(queue, claim, signal, () => claim.maxCallSeconds - 1);
    await assert.rejects(call, IsolateEndsTooSoon);
    assert.equal(asked, 0);
  });
  await t.step("nor if the database took its time to answer", async () => {
    let lifeSeconds = claim.maxCallSeconds + 1;
    const queue: Queue = {
      markCallSent: () => {
        lifeSeconds -= 2;
        return Promise.resolve(true);
      },
    };
    await assert.rejects(markCallSent(queue, claim, signal, () => lifeSeconds), IsolateEndsTooSoon);
  });
});
