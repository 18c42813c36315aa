import assert from "node:assert/strict";
import { headersOf, newTaskId, readStatus, signIn, submitTo } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

/** Text that means something to what it is not for. To us it is what a user wants to see drawn. */
const TEXTS: Readonly<Record<string, string>> = {
  "SQL": "x'); drop table public.tasks; --",
  "SQL with dollars": "$$; select pg_sleep(10); $$ $1 ${1}",
  "markup": `<script>alert("x")</script><img src=x onerror=alert(1)>`,
  "JSON": '{"role": "service_role"}\\u0000\\',
  "a template": "{{7*7}} ${process.env.OPENAI_API_KEY} <%= 7 %>",
  "a path": "../../../etc/passwd",
  "line ends": "a\r\nX-Injected: 1\r\n\r\nb",
  "a format": "%s%n%x %00",
  "a name of the language": "__proto__",
  "letters from right to left": "a\u202eb\u2066c",
  "letters of no width": "a\u200b\u200d\ufeffb",
  "letters of two units": "🙂👩‍👩‍👧🏳️‍🌈",
};

Deno.test("text of any kind is kept as it is, in the request and in its task_id", async (t) => {
  const user = await signIn();
  const paused_until = new Date(Date.now() + 60_000);
  await withLane("openai", { paused_until }, async () => {
    for (const [name, text] of Object.entries(TEXTS)) {
      await t.step(name, async () => {
        const taskId = `${text} ${newTaskId()}`;
        const fields = { provider: "openai", task_id: taskId, prompt: text };
        const { celery_task_id: id, task_id } = await submitTo(user, "text-to-image", fields);
        try {
          assert.equal(task_id, taskId);
          assert.equal((await readStatus(user, id)).client_task_id, taskId);
          const [row] = await withDatabase((sql) =>
            sql`select client_task_id, parameters ->> 'prompt' as prompt from public.tasks
              where id = ${id}`
          );
          assert.deepEqual({ ...row }, { client_task_id: taskId, prompt: text });
        } finally {
          const canceled = await fetch(`${stack.functionsUrl}/tasks/${id}`, {
            method: "DELETE",
            headers: headersOf(user.token),
          });
          assert.equal(canceled.status, 200);
        }
        assert.equal(await purchasesOf(text), 0);
      });
    }
  });
});
