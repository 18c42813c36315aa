import assert from "node:assert/strict";
import postgres from "postgres";
import type { Claim, Outcome } from "../shared/tasks/task.ts";
import { createWorkQueue, type WorkQueue } from "../shared/tasks/work_queue.ts";
import { aFailure } from "../testing/steps.ts";
import { withProject } from "./properties/database.ts";
import { submit } from "./properties/operations.ts";
import { LANES, USERS } from "./properties/vocabulary.ts";

/** What a provider may write into any of its fields. */
const TEXTS: Readonly<Record<string, string>> = {
  "half of a pair": "a\ud83db",
  "pairs that the limit of a message cuts": `a${"🙂".repeat(400)}`,
  "a NUL": "a\0b",
  "what looks like JSON or SQL": `{"kind": "complete"}'; drop table tasks; --\\u0000`,
};

function outcomes(text: string): readonly Outcome[] {
  const call = { model: text, providerRequestId: text, providerTaskId: text };
  return [
    { kind: "snooze", handle: text, delaySeconds: 0, progress: 1, call },
    aFailure({ errorCode: "provider_unavailable", detail: text, call }),
    { kind: "complete", assetUrls: [`https://files.example.com/${text.length}.png`], call },
  ];
}

const ODD_NUMBERS = [NaN, Infinity, -Infinity, -1, 1e15, 99_999_999_999, 0.1];

/** What a provider may make of any of its numbers. */
function oddNumbers(value: number): readonly Outcome[] {
  const call = { costUsd: value };
  return [
    { kind: "snooze", handle: "job", delaySeconds: value, progress: value, call },
    aFailure({ isRetryable: true, delaySeconds: value, retryAfterSeconds: value, call }),
    aFailure({ unlistedHost: String(value), call }),
    { kind: "complete", assetUrls: ["https://files.example.com/1.png"], call },
  ];
}

/** Gives the work a queue in a database of its own, and a way to claim a new task. */
async function withClaims(
  work: (sql: postgres.Sql, queue: WorkQueue, claim: () => Promise<Claim>) => Promise<void>,
): Promise<void> {
  await withProject(async (url) => {
    const sql = postgres(url, { max: 2, onnotice: () => {} });
    const queue = createWorkQueue({ sql, heartbeats: sql }, crypto.randomUUID());
    const [lane] = LANES;
    const [user] = USERS;
    assert.ok(lane && user);
    const claim = async (): Promise<Claim> => {
      await sql`select private.end_pause()`;
      await submit(sql, {
        userId: user.id,
        clientTaskId: crypto.randomUUID(),
        operation: "text-to-image",
        provider: lane.name,
        pool: "default",
        parameters: {},
        results: 1,
        seconds: 600,
      });
      const [claimed] = await queue.claim({ starts: 1, polls: 1 }, {
        held: 0,
        lifeSeconds: 150,
        freeBytes: 0,
      });
      assert.ok(claimed);
      await queue.markCallSent(claimed);
      return claimed;
    };
    try {
      await work(sql, queue, claim);
    } finally {
      await sql.end();
    }
  });
}

Deno.test("whatever a provider counts, its task is settled, and nothing waits for long", async (t) => {
  await withClaims(async (sql, queue, claim) => {
    for (const value of ODD_NUMBERS) {
      for (const outcome of oddNumbers(value)) {
        await t.step(`${value}: ${outcome.kind}`, async () => {
          const { taskId, ...claimed } = await claim();
          assert.ok(await queue.settle({ taskId, ...claimed }, outcome) !== null);
          const [pause] = await sql`
            select coalesce(max(paused_until) <= now() + interval '901 seconds', true) as short
            from private.lanes
          `;
          assert.equal(pause?.["short"], true);
          await sql`
            select private.close_task(id, 'canceled') from public.tasks
            where id = ${taskId}::uuid and finished_at is null
          `;
        });
      }
    }
  });
});

Deno.test("details that the database refuses are left out, and the result is kept", async () => {
  await withClaims(async (sql, queue, claim) => {
    await sql`
      alter table private.provider_calls add constraint refuses_a_model check (model <> 'refused')
    `;
    const claimed = await claim();
    const assetUrls = ["https://files.example.com/1.png"];
    const call = { model: "refused", costUsd: 1 };
    assert.equal(await queue.settle(claimed, { kind: "complete", assetUrls, call }), "complete");
    const rows = await sql`
      select status, outcome, calls.model
      from public.tasks join private.provider_calls as calls on calls.task_id = tasks.id
    `;
    assert.deepEqual([...rows], [{ status: "complete", outcome: "succeeded", model: null }]);
  });
});

Deno.test("whatever a provider writes, its task is settled", async (t) => {
  await withProject(async (url) => {
    const sql = postgres(url, { max: 2, onnotice: () => {} });
    const queue = createWorkQueue({ sql, heartbeats: sql }, crypto.randomUUID());
    const [lane] = LANES;
    const [user] = USERS;
    assert.ok(lane && user);
    try {
      for (const [name, text] of Object.entries(TEXTS)) {
        for (const outcome of outcomes(text)) {
          await t.step(`${name}: ${outcome.kind}`, async () => {
            await submit(sql, {
              userId: user.id,
              clientTaskId: crypto.randomUUID(),
              operation: "text-to-image",
              provider: lane.name,
              pool: "default",
              parameters: {},
              results: 1,
              seconds: 600,
            });
            const [claim] = await queue.claim({ starts: 1, polls: 1 }, {
              held: 0,
              lifeSeconds: 150,
              freeBytes: 0,
            });
            assert.ok(claim);
            await queue.markCallSent(claim);
            assert.ok(await queue.settle(claim, outcome) !== null);
            await sql`select private.close_task(${claim.taskId}::uuid, 'canceled')`;
          });
        }
      }
    } finally {
      await sql.end();
    }
  });
});
