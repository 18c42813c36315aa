import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import { SEED } from "../../tools/local/stack/settings.ts";
import { followToEnd, headersOf, newTaskId, post, submitTo } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { openLane } from "../support/lanes.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { newOperator, operateAs, readOperator } from "../support/operator.ts";
import { withOperatorSettings } from "../support/operator_settings.ts";
import { operatorTask } from "../support/operator_task.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

async function submit(user: NewUser, provider: string, prompt: string): Promise<string> {
  return (await submitTo(user, "text-to-image", { provider, prompt })).celery_task_id;
}

async function refusalOf(user: NewUser): Promise<readonly [number, unknown]> {
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const response = await post("text-to-image", body, headersOf(user.token));
  return [response.status, (await response.json()).message];
}

Deno.test("a lane that an operator pauses starts nothing, and all of it once it is resumed", async () => {
  const [olga, ann] = [await newOperator(), await newUser()];
  const prompt = `Held ${crypto.randomUUID()}`;
  try {
    await operateAs(olga, { action: "pause_lane", provider: "recraft", reason: "The bill" });
    const held = await submit(ann, "recraft", prompt);
    // Another lane's task, sent later, is done: workers were there, and left this one.
    const other = await submit(ann, "stability", `${prompt}, other`);
    assert.equal((await followToEnd(ann, other)).status, "complete");
    assert.deepEqual((await effectsOf(held)).calls, []);
    assert.equal(await purchasesOf(prompt), 0);

    const view = await readOperator(olga);
    const lane = view.lanes.find(({ provider }) => provider === "recraft");
    assert.deepEqual([lane?.state, lane?.paused_until_resumed, lane?.paused_until], [
      "paused",
      true,
      null,
    ]);
    assert.ok((lane?.waiting ?? 0) >= 1, "the task that waits");
    assert.ok(view.queue.pending >= 1);

    await operateAs(olga, { action: "resume_lane", provider: "recraft" });
    assert.equal((await followToEnd(ann, held)).status, "complete");
    assert.deepEqual(await effectsOf(held), ONE_COMPLETE_IMAGE);
    assert.equal(await purchasesOf(prompt), 1);
  } finally {
    await openLane("recraft");
  }
});

Deno.test("a user whom an operator blocks is refused, and is let in again", async () => {
  const [olga, ann] = [await newOperator(), await newUser()];
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const email = `${ann.id}@tests.example.com`;
  const blocked = await operateAs(olga, {
    action: "block_user",
    user: email,
    reason: "Spam",
    until,
  });
  assert.deepEqual(blocked.result, { tasks_canceled: 0 });
  assert.deepEqual(await refusalOf(ann), [403, "This account is blocked"]);

  const { refused_users, recent_actions } = await readOperator(olga);
  const [{ since: _, ...entry } = { since: null }] = refused_users
    .filter(({ id }) => id === ann.id);
  assert.deepEqual(entry, { id: ann.id, email, state: "blocked", reason: "Spam", until });
  const { at: __, ...logged } = recent_actions.find(({ id }) => id === blocked.id) ?? { at: "" };
  assert.deepEqual(logged, {
    id: blocked.id,
    actor: "operator",
    operator_id: olga.id,
    operator_email: `${olga.id}@tests.example.com`,
    action: "block_user",
    request: { reason: "Spam", until },
    result: { tasks_canceled: 0 },
    user_id: ann.id,
  });

  const { result } = await operateAs(olga, { action: "unblock_user", user: ann.id });
  assert.deepEqual(result, { was_blocked: true, is_blocked: false });
  assert.equal((await refusalOf(ann))[0], 202);
});

Deno.test("submits are paused and resumed for all, and caps refuse what they do not allow", async () => {
  const [olga, ann] = [await newOperator(), await newUser()];
  await withOperatorSettings(async () => {
    await operateAs(olga, { action: "pause_submits", message: "Back at noon" });
    assert.deepEqual(await refusalOf(ann), [503, "Back at noon"]);
    assert.equal((await readOperator(olga)).submits.message, "Back at noon");
    assert.deepEqual((await operateAs(olga, { action: "resume_submits" })).result, {
      was_paused: true,
    });
    assert.equal((await refusalOf(ann))[0], 202);

    const nothing = { action: "set_budgets", providers: { openai: 0 } } as const;
    await operateAs(olga, nothing);
    assert.equal((await refusalOf(ann))[0], 503);
    const { spending } = await readOperator(olga);
    const cap = spending.find(({ scope, name }) => scope === "provider" && name === "openai");
    assert.equal(cap?.cap_usd, 0);
    await operateAs(olga, { action: "set_budgets", providers: { openai: null } });
    assert.equal((await refusalOf(ann))[0], 202);
  });
});

Deno.test("what a command does is logged as a command's, and shown to operators and by status", async () => {
  const olga = await newOperator();
  try {
    await operatorTask("lanes", "pause", "flux");
    const [last] = (await readOperator(olga)).recent_actions;
    assert.deepEqual([last?.actor, last?.operator_id, last?.action, last?.request], [
      "command",
      null,
      "pause_lane",
      { provider: "flux" },
    ]);
    const { id } = await operateAs(olga, { action: "resume_lane", provider: "flux" });
    const rows = await withDatabase((sql) =>
      sql`select paused_until from private.lanes where provider = 'flux'`
    );
    assert.deepEqual([...rows], [{ paused_until: null }]);
    assert.ok(id > (last?.id ?? Infinity));
  } finally {
    await openLane("flux");
  }
});

Deno.test("the page of the local stack is told who sees and does there", async () => {
  const response = await fetch(`${stack.projectUrl}/playground.json`);
  const { user, operator } = await response.json();
  assert.deepEqual([user, operator], [SEED.users[0], SEED.operator]);
});

Deno.test("the operator of the seed signs in and is one; the other test users are none", async () => {
  const supabase = createClient(stack.projectUrl, stack.secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  for (const [credentials, status] of [[SEED.operator, 200], [SEED.users[0], 403]] as const) {
    const { error } = await supabase.auth.signInWithPassword(credentials);
    assert.equal(error, null);
    const headers = { "X-API-Key": SEED.apiKey };
    const answer = await supabase.functions.invoke("operator", { method: "GET", headers });
    assert.equal(answer.response?.status, status);
    if (status === 200) assert.ok(answer.data.lanes.length >= 5);
  }
});
