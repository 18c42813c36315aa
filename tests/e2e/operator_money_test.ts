import assert from "node:assert/strict";
import { prefixOfApiKey } from "../../shared/auth/api_key_format.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, submit } from "../support/client.ts";
import { DevProcess } from "../support/dev_process.ts";
import { createKey, keysTask } from "../support/keys.ts";
import { withOperatorSettings } from "../support/operator_settings.ts";
import { operatorTask, operatorTaskEnding } from "../support/operator_task.ts";
import { stack, withDatabase } from "../support/stack.ts";

/** The line of a table that begins with the name, or has it as the second word. */
function lineOf(printed: string, name: string): string {
  const row = new RegExp(`^(?:\\w+ +)?${name} `);
  return printed.split("\n").find((line) => row.test(line)) ?? "";
}

Deno.test("an operator makes, changes and removes a plan", async () => {
  await withOperatorSettings(async () => {
    await withDatabase(async (sql) => {
      await sql`
        update private.plans set images_per_day = 100, usd_per_day = 5 where name = 'default'
      `;
      const made = await operatorTask(
        "plans",
        ...["set", "free", "--images-per-day", "5", "--operations", "text-to-image"],
      );
      assert.match(lineOf(made, "free"), /^free +5 +no limit +5\.00 /, "the rest is as default");
      assert.match(made, /free allows operations: text-to-image\n/);

      const changed = await operatorTask(
        "plans",
        ...["set", "free", "--no-limit", "operations,images-per-day", "--usd-per-day", "0.50"],
      );
      assert.match(lineOf(changed, "free"), /^free +no limit +no limit +0\.50 /);
      assert.doesNotMatch(changed, /free allows/);

      assert.match(
        await operatorTaskEnding(1, "plans", "set", "free", "--usd-per-day", "much"),
        /--usd-per-day must be an amount in USD/,
      );
      assert.match(
        await operatorTaskEnding(1, "plans", "set", "free", "--images-per-day", "-5"),
        /--images-per-day must be a whole number from 0 on: -5/,
      );
      assert.match(
        await operatorTaskEnding(1, "plans", "set", "free"),
        /Nothing is to be changed/,
      );
      assert.match(await operatorTask("plans", "remove", "free"), /have the plan default from now/);
      assert.match(
        await operatorTaskEnding(1, "plans", "remove", "free"),
        /No plan free; there are anonymous, default, reviewer/,
      );
      assert.match(
        await operatorTaskEnding(1, "plans", "remove", "default"),
        /cannot be removed: it is the plan of everybody whose token names none/,
      );
    });
  });
});

Deno.test("an operator sets budgets: all that are named, or none", async () => {
  await withOperatorSettings(async () => {
    const key = await createKey("--usd-per-day", "7.50", "--sees-costs");
    const prefix = prefixOfApiKey(key);
    assert.match(lineOf(await keysTask("list"), prefix), / 7\.50 +yes /);

    const set = await operatorTask(
      "budgets",
      ...["set", "--project-per-day", "40", "--project-per-month", "400"],
      ...["--provider-per-day", "25", "--provider", "openai=20", "--key", `${prefix}=5`],
    );
    assert.match(lineOf(set, "project +day"), / 40\.00 /);
    assert.match(lineOf(set, "project +month"), / 400\.00 /);
    assert.match(lineOf(set, "openai"), / 20\.00 /);
    assert.match(lineOf(set, "flux"), / 25\.00 /);
    assert.match(lineOf(set, prefix), / 5\.00 /);

    const unknown = ["--project-per-day", "1", "--key", "m3d_test_0000000=1"];
    assert.match(
      await operatorTaskEnding(1, "budgets", "set", ...unknown),
      /No key begins with m3d_test_0000000, and nothing was changed/,
    );
    const lifted = await operatorTask(
      "budgets",
      ...["set", "--project-per-month", "none", "--provider", "openai=default"],
    );
    assert.match(lineOf(lifted, "project +day"), / 40\.00 /, "as before");
    assert.match(lineOf(lifted, "project +month"), / no cap /);
    assert.match(lineOf(lifted, "openai"), / 25\.00 /);
  });
});

Deno.test("an operator pauses submits, sees it, and resumes them", async () => {
  await withOperatorSettings(async () => {
    assert.match(await operatorTask("submits", "status"), /Submits are accepted\n/);
    const options = ["--message", "Back at noon", "--retry-after", "600"];
    const paused = await operatorTask("submits", "pause", ...options);
    assert.match(paused, /Submits are paused since .*"Back at noon".* 600 s/);
    const status = new DevProcess("status", ["--port", String(stack.ports.gateway)]);
    await status.end();
    assert.match(status.printed, /^Submits are paused since /m);
    assert.match(await operatorTask("submits", "resume"), /Submits are accepted again/);
    assert.match(await operatorTask("submits", "resume"), /Submits were not paused/);
    assert.doesNotMatch(await operatorTask("submits", "status"), /paused/);
  });
});

Deno.test("one page shows a task's life, found by its id, its task_id or its request id", async () => {
  const user = await signIn();
  const id = await submit(user);
  assert.equal((await followToEnd(user, id)).status, "complete");
  const [task] = await withDatabase((sql) =>
    sql<{ clientTaskId: string; requestId: string; callId: string }[]>`
      select
        tasks.client_task_id as "clientTaskId", tasks.request_id as "requestId",
        calls.provider_request_id as "callId"
      from public.tasks
      join private.provider_calls as calls on calls.task_id = tasks.id
      where tasks.id = ${id}
    `
  );
  assert.ok(task);
  const pages = await Promise.all(
    [id, task.clientTaskId, task.requestId].map(async (name) => {
      const printed = await operatorTask("show", name);
      return printed.slice(printed.indexOf("Submit\n"));
    }),
  );
  assert.equal(new Set(pages).size, 1);
  const [page = ""] = pages;
  const words = [
    ...[id, task.clientTaskId, task.callId, user.id, "plan        default", "m3d_dev_LocalDev"],
    ...["A red cube", "succeeded", "settled", "message          none: it has ended"],
    ...[`/concepts/${id}/0.png`, `task logs --port ${stack.ports.gateway} ${id}`],
  ];
  for (const word of words) assert.ok(page.includes(word), `${word} in\n${page}`);
  assert.match(
    await operatorTaskEnding(1, "show", crypto.randomUUID()),
    /No task has the id, task_id, request id or trace/,
  );
});

Deno.test("a task is found by its app's trace, and its page says how to find its lines", async () => {
  const user = await signIn();
  const traceId = crypto.randomUUID().replaceAll("-", "");
  const headers = { ...headersOf(user.token), traceparent: `00-${traceId}-${"a".repeat(16)}-01` };
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A red cube" };
  const { celery_task_id: id } = await (await post("text-to-image", body, headers)).json();
  const page = await operatorTask("show", traceId);
  assert.ok(page.includes(id), page);
  assert.ok(page.includes(headers.traceparent), page);
  assert.ok(page.includes(`task logs --port ${stack.ports.gateway} ${id}`), page);
});
