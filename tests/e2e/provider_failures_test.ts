import assert from "node:assert/strict";
import type { StatusBody } from "../../shared/contract/responses.ts";
import { followToEnd, signIn, submit, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE, skipDelay } from "../support/effects.ts";
import { type Fault, purchasesOf, withFaults } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** Submits while the fault lasts, makes every new attempt start at once, and returns the end. */
async function runWith(fault: Fault, user: User, prompt: string): Promise<StatusBody> {
  return await withFaults([fault], async () => {
    const id = await submit(user, { prompt });
    for (let failures = 1; failures <= fault.times; failures++) {
      const final = await waitUntil(`failure ${failures}`, () => failedOrFinal(id, failures));
      if (final === "final") break;
      await skipDelay(id);
    }
    return await followToEnd(user, id);
  });
}

async function failedOrFinal(
  id: string,
  failures: number,
): Promise<"failed" | "final" | undefined> {
  const [task] = await withDatabase(
    (sql) =>
      sql<{ final: boolean; failed: number }[]>`
      select finished_at is not null as final, failed_attempts as failed
      from public.tasks where id = ${id}
    `,
  );
  if (task?.final) return "final";
  return task && task.failed >= failures ? "failed" : undefined;
}

Deno.test("a failure that passes is tried again and bought once", async (t) => {
  const user = await signIn();
  for (const kind of ["rate_limited", "server_error"]) {
    await t.step(kind, async () => {
      const prompt = `${kind} ${crypto.randomUUID()}`;
      const { task_id, status } = await runWith({ kind, times: 2 }, user, prompt);
      assert.equal(status, "complete");
      assert.deepEqual(await effectsOf(task_id), {
        ...ONE_COMPLETE_IMAGE,
        calls: ["failed", "failed", "succeeded"],
      });
      assert.equal(await purchasesOf(prompt), 1);
    });
  }
});

Deno.test("a failure that stays ends the task after four attempts", async () => {
  const user = await signIn();
  const prompt = `Always busy ${crypto.randomUUID()}`;
  const status = await runWith({ kind: "server_error", times: 9 }, user, prompt);
  assert.equal(status.status, "failed");
  assert.equal(status.error_code, "provider_unavailable");
  const effects = await effectsOf(status.task_id);
  assert.deepEqual(effects.calls, ["failed", "failed", "failed", "failed"]);
  assert.equal(await purchasesOf(prompt), 0);
});

Deno.test("content that is refused is never asked for again", async () => {
  const user = await signIn();
  const prompt = `Refused ${crypto.randomUUID()}`;
  const status = await runWith({ kind: "refused", times: 1 }, user, prompt);
  assert.equal(status.status, "failed");
  assert.equal(status.error_code, "content_refused");
  assert.match(status.error ?? "", /refused this content/);
  assert.deepEqual(await effectsOf(status.task_id), {
    task: "failed",
    assets: ["failed"],
    calls: ["failed"],
    queued: 0,
    archived: 1,
  });
});

Deno.test("a paid answer that got lost is bought once more, and not a third time", async (t) => {
  const user = await signIn();
  for (const kind of ["disconnect", "invalid_json", "empty_file"]) {
    await t.step(`${kind} once`, async () => {
      const prompt = `${kind} once ${crypto.randomUUID()}`;
      const { task_id, status } = await runWith({ kind, times: 1 }, user, prompt);
      assert.equal(status, "complete");
      assert.deepEqual((await effectsOf(task_id)).calls, ["ambiguous", "succeeded"]);
      assert.equal(await purchasesOf(prompt), 2);
    });
    await t.step(`${kind} for ever`, async () => {
      const prompt = `${kind} for ever ${crypto.randomUUID()}`;
      const { task_id, status } = await runWith({ kind, times: 9 }, user, prompt);
      assert.equal(status, "failed");
      assert.deepEqual((await effectsOf(task_id)).calls, ["ambiguous", "ambiguous"]);
      assert.equal(await purchasesOf(prompt), 2);
    });
  }
});

Deno.test("a task past its deadline ends as a timeout, also without its message", async () => {
  const user = await signIn();
  const id = await withDatabase((sql) =>
    sql.begin(async (transaction) => {
      const [row] = await transaction<{ id: string }[]>`
        select id from private.submit_task(
          ${user.id}, ${crypto.randomUUID()}, 'text-to-image', 'openai', '{"prompt": "A cube"}',
          'image', 1, 600, 'test'
        )
      `;
      const [task] = await transaction<{ id: string; message_id: string }[]>`
        update public.tasks set deadline_at = now() where id = ${row?.id ?? ""}
        returning id, message_id
      `;
      await transaction`select pgmq.delete('openai', ${task?.message_id ?? ""}::bigint)`;
      return task?.id ?? "";
    })
  );
  // What the schedule does within a minute.
  await withDatabase((sql) => sql`select private.reconcile()`);
  const status = await followToEnd(user, id);
  assert.equal(status.error_code, "timeout");
  assert.match(status.error ?? "", /^AI service timed out.*timeout/);
});
