import assert from "node:assert/strict";
import postgres from "postgres";
import type { Outcome } from "../shared/tasks/task.ts";
import { createWorkQueue } from "../shared/tasks/work_queue.ts";
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
              parameters: {},
              results: 1,
              seconds: 600,
            });
            const [claim] = await queue.claim(1, { held: 0, lifeSeconds: 150, freeBytes: 0 });
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
