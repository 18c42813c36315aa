import assert from "node:assert/strict";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { operatorTask, operatorTaskEnding } from "../support/operator_task.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const IN_FIVE_MINUTES = new Date(Date.now() + 300_000);
const REFUSAL = [403, { error: "forbidden", message: "This account is blocked" }];

async function answerOf(response: Response): Promise<readonly [number, unknown]> {
  return [response.status, await response.json()];
}

async function submit(
  user: NewUser,
  request: Record<string, unknown> = {},
  operation = "text-to-image",
): Promise<readonly [number, unknown]> {
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube", ...request };
  return await answerOf(await post(operation, body, headersOf(user.token)));
}

async function accepted(...args: Parameters<typeof submit>): Promise<string> {
  const [status, body] = await submit(...args);
  assert.equal(status, 202, JSON.stringify(body));
  return Object(body).celery_task_id;
}

async function ask(
  user: NewUser,
  path: string,
  method = "GET",
): Promise<readonly [number, unknown]> {
  const url = `${stack.functionsUrl}/${path}`;
  return await answerOf(await fetch(url, { method, headers: headersOf(user.token) }));
}

/** Every way into the API that a user has. */
async function assertRefused(user: NewUser, replayed: Record<string, unknown>): Promise<void> {
  const id = crypto.randomUUID();
  assert.deepEqual(await submit(user), REFUSAL);
  assert.deepEqual(await submit(user, replayed), REFUSAL, "the same request again");
  assert.deepEqual(await submit(user, {}, "text-to-image?dry_run=true"), REFUSAL, "a dry run");
  for (const path of [`tasks/${id}/status`, `tasks-status/${id}`, "account"]) {
    assert.deepEqual(await ask(user, path), REFUSAL);
  }
  for (const path of [`tasks/${id}`, `tasks-status/${id}`]) {
    assert.deepEqual(await ask(user, path, "DELETE"), REFUSAL);
  }
}

async function countTasks({ id }: NewUser): Promise<number> {
  const [row] = await withDatabase((sql) =>
    sql<{ count: number }[]>`
      select count(*)::integer as count from public.tasks where user_id = ${id}
    `
  );
  return row?.count ?? 0;
}

/** As the dashboard does, whose Auth writes this column and tells nobody. */
async function ban({ id }: NewUser, until: Date | null): Promise<void> {
  await withDatabase((sql) =>
    sql`update auth.users set banned_until = ${until}::timestamptz where id = ${id}`
  );
}

Deno.test("who is blocked by an operator asks for nothing more, and what waits ends unbilled", async () => {
  const [ann, bob] = [await newUser(), await newUser()];
  await withLane("openai", { paused_until: IN_FIVE_MINUTES }, async () => {
    const prompt = `Never made ${crypto.randomUUID()}`;
    const request = { task_id: newTaskId(), prompt };
    const [waiting, other] = [await accepted(ann, request), await accepted(bob)];

    const blocked = await operatorTask("users", "block", ann.id, "--reason", "Spam");
    assert.match(blocked, /Blocked .*@tests.example.com .*unblock .*\n.*Tasks canceled: 1/);
    await assertRefused(ann, request);
    assert.equal(await countTasks(ann), 1);
    assert.deepEqual(await effectsOf(waiting), {
      task: "canceled",
      assets: ["canceled"],
      calls: [],
      queued: 0,
      archived: 1,
    });
    assert.equal(await purchasesOf(prompt), 0);
    assert.equal((await effectsOf(other)).task, "pending", "another user's is untouched");
    assert.equal((await ask(bob, `tasks/${other}`, "DELETE"))[0], 200);

    const list = await operatorTask("users", "list");
    assert.match(list, new RegExp(`${ann.id} .*blocked +Spam`));
    const unblocked = await operatorTask("users", "unblock", `${ann.id}@TESTS.example.com`);
    assert.match(unblocked, /Unblocked/);
    assert.doesNotMatch(unblocked, /Still refused/);
    assert.equal((await ask(ann, `tasks/${waiting}/status`))[0], 200);
    assert.equal((await ask(ann, `tasks/${await accepted(ann)}`, "DELETE"))[0], 200);
  });
});

Deno.test("who is banned in Auth is refused, and work is neither started nor left waiting", async () => {
  const ann = await newUser();
  await withLane("openai", { paused_until: IN_FIVE_MINUTES }, async () => {
    const prompt = `Never made ${crypto.randomUUID()}`;
    const request = { task_id: newTaskId(), prompt };
    const waiting = await accepted(ann, request);
    await ban(ann, IN_FIVE_MINUTES);
    await assertRefused(ann, request);
    assert.match(await operatorTask("users", "list"), new RegExp(`${ann.id} .*banned in Auth`));
    // What the minute's reconciliation does.
    await withDatabase((sql) => sql`select private.reconcile()`);
    assert.equal((await effectsOf(waiting)).task, "canceled");
    assert.equal(await purchasesOf(prompt), 0);
    assert.match(await operatorTask("users", "unblock", ann.id), /Still refused: banned in Auth/);
    await ban(ann, null);
    assert.equal((await ask(ann, `tasks/${await accepted(ann)}`, "DELETE"))[0], 200);
  });
});

Deno.test("no worker starts the task of a user who is banned while it waits", async () => {
  const ann = await newUser();
  const prompt = `Never made ${crypto.randomUUID()}`;
  const id = await withLane("openai", { paused_until: IN_FIVE_MINUTES }, async () => {
    const id = await accepted(ann, { prompt });
    await ban(ann, IN_FIVE_MINUTES);
    return id;
  });
  // The next claim finds it, woken by anybody's submit.
  await accepted(await newUser());
  await waitUntil("its end", async () => (await effectsOf(id)).task === "canceled");
  assert.deepEqual((await effectsOf(id)).calls, []);
  assert.equal(await purchasesOf(prompt), 0);
});

Deno.test("what a provider has accepted of a blocked user winds down, and its cost is booked", async () => {
  const ann = await newUser();
  const fault = { provider: "tripo", operation: "text-to-model", kind: "slow", times: 1 };
  await withFaults([{ ...fault, latency_ms: 8_000 }], async () => {
    const request = { provider: "tripo", prompt: `Blocked after ${crypto.randomUUID()}` };
    const id = await accepted(ann, request, "text-to-model");
    await waitUntil("the handle", async () => {
      const [row] = await withDatabase((sql) =>
        sql`select handle is not null as accepted from public.tasks where id = ${id}`
      );
      return row?.["accepted"] === true;
    });
    await operatorTask("users", "block", ann.id, "--reason", "Spam", "--days", "7");
    const { task, calls } = await effectsOf(id);
    assert.deepEqual([task, calls], ["canceled", ["under way"]]);
    await waitUntil("the end of the work", async () => (await effectsOf(id)).queued === 0, 30);
    const ended = await effectsOf(id);
    assert.deepEqual([ended.assets, ended.calls], [["canceled"], ["succeeded"]]);
  });
});

Deno.test("a submit that races with the block is canceled or refused, and never left", async () => {
  const ann = await newUser();
  await withLane("openai", { paused_until: IN_FIVE_MINUTES }, async () => {
    const [, ...answers] = await Promise.all([
      withDatabase((sql) => sql`select private.block_user(${ann.id}::uuid, 'Spam')`),
      ...Array.from({ length: 20 }, () => submit(ann)),
    ]);
    for (const [status] of answers) assert.ok(status === 202 || status === 403, String(status));
    const left = await withDatabase((sql) =>
      sql`select from public.tasks where user_id = ${ann.id} and finished_at is null`
    );
    assert.equal(left.length, 0);
  });
});

Deno.test("an operator who mistypes is told what is possible", async (t) => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /users what\? block, unblock, list/],
    [["block"], /USER is missing/],
    [["unblok", "a@b.example"], /Did you mean unblock\?/],
    [["block", "a@b.example"], /--reason is missing/],
    [
      ["block", "nobody@b.example", "--reason", "x"],
      /No user has the id or e-mail address nobody@/,
    ],
    [["unblock", "nobody"], /No user has the id or e-mail address nobody/],
  ];
  for (const [args, words] of cases) {
    await t.step(args.join(" "), async () => {
      assert.match(await operatorTaskEnding(1, "users", ...args), words);
    });
  }
});
