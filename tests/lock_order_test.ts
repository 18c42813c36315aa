import assert from "node:assert/strict";
import type postgres from "postgres";
import { operationsPage } from "./support/operations_page.ts";
import {
  type Claim,
  claim,
  startWaiting,
  submit,
  USER,
  withTwo,
} from "./support/two_connections.ts";

const statementsOnLanes = operationsPage.blocks
  .filter(({ text }) => /private\.(lanes|pause_by_hand|end_pause)/.test(text))
  .map(({ line, text }) => ({ title: `line ${line} of docs/operations.md`, text }));

/** What a settlement locks first. */
async function beginSettlement(sql: postgres.Sql, claim: Claim | undefined): Promise<void> {
  await sql`select from auth.users where id = ${USER} for key share`;
  await sql`select private.lock_leased_task(${claim?.id ?? ""}, ${claim?.lease ?? 0})`;
}

Deno.test("a user is deleted while a task with several images is completed: both happen", async () => {
  await withTwo(async (worker, other, watch) => {
    const id = await submit(worker, "a", 3);
    const [held] = await claim(worker);
    assert.equal(held?.id, id);
    await worker`select private.mark_call_sent(${id}, ${held.lease})`;
    await worker`begin`;
    await beginSettlement(worker, held);
    const { result } = await startWaiting(
      watch,
      other,
      () => other`delete from auth.users where id = ${USER}`,
    );
    const [settled] = await worker`
      select private.settle_task(${id}, ${held.lease}, ${
      worker.json({
        kind: "complete",
        asset_urls: ["https://a/0.png", "https://a/1.png"],
        call: {},
      })
    }) as state
    `;
    assert.equal(settled?.state, "complete");
    await worker`commit`;
    await result;
    const [left] = await watch`
      select (select count(*)::integer from public.tasks) as tasks,
        (select count(*)::integer from public.concept_images) as images,
        (select array_agg(outcome) from private.provider_calls) as calls
    `;
    assert.deepEqual({ ...left }, { tasks: 0, images: 0, calls: ["succeeded"] });
  });
});

Deno.test("a user is deleted while a submit of theirs is under way: its task goes, too, and its message", async () => {
  await withTwo(async (worker, other, watch) => {
    await worker`begin`;
    await submit(worker, "a", 1);
    const { result } = await startWaiting(
      watch,
      other,
      () => other`delete from auth.users where id = ${USER}`,
    );
    await worker`commit`;
    await result;
    const [left] = await watch`
      select (select count(*)::integer from public.tasks) as tasks,
        (select count(*)::integer from pgmq.q_stability) as messages
    `;
    assert.deepEqual({ ...left }, { tasks: 0, messages: 0 });
    await assert.rejects(submit(other, "b", 1), /tasks_user_id_fkey/);
  });
});

Deno.test("a user is deleted while a worker holds tasks of theirs: both go on", async () => {
  await withTwo(async (worker, other, watch) => {
    for (const name of ["a", "b", "c"]) await submit(worker, name, 1);
    const held = await claim(worker);
    for (const { id, lease } of held) await worker`select private.mark_call_sent(${id}, ${lease})`;
    const last = held.toSorted((left, right) => left.id < right.id ? -1 : 1).at(-1);
    await worker`begin`;
    await beginSettlement(worker, last);
    const { result } = await startWaiting(
      watch,
      other,
      () => other`delete from auth.users where id = ${USER}`,
    );
    const outcome = worker.json({ kind: "complete", asset_urls: ["https://a/0.png"], call: {} });
    await worker`select private.settle_task(${last?.id ?? ""}, ${last?.lease ?? 0}, ${outcome})`;
    await worker`commit`;
    await result;
    for (const { id, lease } of held) {
      await worker`select private.settle_task(${id}, ${lease}, ${outcome})`;
    }
    const [left] = await watch`
      select (select count(*)::integer from public.tasks) as tasks,
        (select array_agg(outcome) from private.provider_calls) as calls
    `;
    assert.deepEqual({ ...left }, { tasks: 0, calls: ["succeeded", "succeeded", "succeeded"] });
  });
});

Deno.test("a user deletes the images of a task while it is completed: both happen", async () => {
  await withTwo(async (worker, other, watch) => {
    const id = await submit(worker, "a", 3);
    const [held] = await claim(worker);
    const lease = held?.lease ?? 0;
    await worker`select private.mark_call_sent(${id}, ${lease})`;
    // Whoever has the second image makes both stop between the first and the third.
    const third = await watch.reserve();
    await third`begin`;
    await third`select from public.concept_images where result_index = 1 for update`;
    const settlement = await startWaiting(
      watch,
      worker,
      () =>
        worker`select private.settle_task(${id}, ${lease}, ${
          worker.json({ kind: "complete", asset_urls: ["https://a/0.png"], call: {} })
        }) as state`,
    );
    const deletion = await startWaiting(
      watch,
      other,
      () => other`delete from public.concept_images where user_id = ${USER}`,
    );
    await third`commit`;
    third.release();
    assert.equal((await settlement.result)[0]?.state, "complete");
    await deletion.result;
    assert.equal((await watch`select from public.concept_images`).length, 0);
    assert.equal((await watch`select from public.tasks where status = 'complete'`).length, 1);
  });
});

Deno.test("old rows of the ledger are pruned while their user is deleted: neither waits", async () => {
  await withTwo(async (worker, other, watch) => {
    for (const name of ["a", "b"]) {
      const id = await submit(worker, name, 1);
      const [held] = await claim(worker);
      await worker`select private.mark_call_sent(${id}, ${held?.lease ?? 0})`;
      await worker`
        select private.settle_task(${id}, ${held?.lease ?? 0}, ${
        worker.json({ kind: "complete", asset_urls: ["https://a/0.png"], call: {} })
      })
      `;
    }
    await worker`
      update private.provider_calls
      set started_at = now() - interval '401 days', finished_at = now() - interval '401 days'
    `;
    await worker`begin`;
    await worker`delete from auth.users where id = ${USER}`;
    const pruned = await other`select * from private.prune() where kind = 'provider calls'`;
    assert.equal(pruned[0]?.deleted, "0");
    await worker`commit`;
    await other`select private.prune()`;
    assert.equal((await watch`select from private.provider_calls`).length, 0);
  });
});

Deno.test("a user is blocked while a worker is given a task: it is canceled, and never called for", async () => {
  await withTwo(async (worker, other, watch) => {
    const ids = [await submit(worker, "a", 1), await submit(worker, "b", 1)];
    await worker`begin`;
    const held = await claim(worker);
    assert.deepEqual(held.map(({ id }) => id).sort(), ids.sort());
    const { result } = await startWaiting(
      watch,
      other,
      () => other`select private.block_user(${USER}::uuid, 'Spam') as canceled`,
    );
    await worker`commit`;
    assert.equal((await result)[0]?.["canceled"], 2);
    for (const { id, lease } of held) {
      const [call] = await worker`select private.mark_call_sent(${id}, ${lease}) as allowed`;
      assert.equal(call?.["allowed"], false);
    }
    const calls = await watch`select from private.provider_calls where sent_at is not null`;
    assert.equal(calls.length, 0);
  });
});

Deno.test("a user is blocked while a task is completed: it stays complete", async () => {
  await withTwo(async (worker, other, watch) => {
    const id = await submit(worker, "a", 3);
    const [held] = await claim(worker);
    const lease = held?.lease ?? 0;
    await submit(worker, "b", 1);
    await worker`select private.mark_call_sent(${id}, ${lease})`;
    await worker`begin`;
    await worker`select private.lock_leased_task(${id}, ${lease})`;
    const { result } = await startWaiting(
      watch,
      other,
      () => other`select private.block_user(${USER}::uuid, 'Spam') as canceled`,
    );
    const outcome = worker.json({ kind: "complete", asset_urls: ["https://a/0.png"], call: {} });
    await worker`select private.settle_task(${id}, ${lease}, ${outcome})`;
    await worker`commit`;
    assert.equal((await result)[0]?.["canceled"], 1);
    const tasks = await watch`select status from public.tasks order by client_task_id`;
    assert.deepEqual(tasks.map(({ status }) => status), ["complete", "canceled"]);
  });
});

Deno.test("a user is deleted while being blocked: both happen", async () => {
  await withTwo(async (worker, other, watch) => {
    for (const name of ["a", "b", "c"]) await submit(worker, name, 1);
    await worker`begin`;
    await worker`select private.block_user(${USER}::uuid, 'Spam')`;
    const { result } = await startWaiting(
      watch,
      other,
      () => other`delete from auth.users where id = ${USER}`,
    );
    await worker`commit`;
    await result;
    assert.equal((await watch`select from public.tasks`).length, 0);
    assert.equal((await watch`select from private.blocked_users`).length, 0);
  });
});
/** Two tasks of the user, each with its call under way. */
async function claimTwo(sql: postgres.Sql): Promise<[Claim, Claim]> {
  for (const name of ["a", "b"]) await submit(sql, name, 1);
  const [first, second] = await claim(sql);
  assert.ok(first && second);
  for (const { id, lease } of [first, second]) {
    await sql`select private.mark_call_sent(${id}, ${lease})`;
  }
  return [first, second];
}

/** The state that a final failure leads to. */
async function fail(
  sql: postgres.Sql,
  { id, lease }: Claim,
  code: string,
): Promise<string | null> {
  const failure = { kind: "failure", error_code: code, is_final: true, call: {} };
  const [row] = await sql<{ state: string | null }[]>`
    select private.settle_task(${id}, ${lease}, ${sql.json(failure)}) as state
  `;
  return row?.state ?? null;
}

Deno.test("two refusals of a user's content at once count two, and block the user", async () => {
  await withTwo(async (worker, other, watch) => {
    await watch`update private.content_limits set block_after = 2`;
    const [first, second] = await claimTwo(worker);
    await worker`begin`;
    assert.equal(await fail(worker, first, "content_refused"), "failed");
    const { result } = await startWaiting(
      watch,
      other,
      () => fail(other, second, "content_refused"),
    );
    await worker`commit`;
    assert.equal(await result, "failed");
    assert.equal((await watch`select from private.content_refusals`).length, 2);
    const [row] = await watch`select private.is_blocked(${USER}) as blocked`;
    assert.equal(row?.blocked, true);
  });
});

// Both leave a row that refers to the user.
for (const code of ["content_refused", "provider_unavailable"]) {
  Deno.test(`a user is deleted while their task ends as ${code}: both happen`, async () => {
    await withTwo(async (worker, other, watch) => {
      const [task] = await claimTwo(worker);
      // Whoever has the call makes the settlement stop after it has locked its task.
      const third = await watch.reserve();
      await third`begin`;
      await third`select from private.provider_calls where task_id = ${task.id} for update`;
      const settlement = await startWaiting(watch, worker, () => fail(worker, task, code));
      const deletion = await startWaiting(
        watch,
        other,
        () => other`delete from auth.users where id = ${USER}`,
      );
      await third`commit`;
      third.release();
      assert.equal(await settlement.result, "failed");
      await deletion.result;
      // The other's call is under way: it is booked before the task goes, which is nobody's till then.
      assert.equal((await watch`select from public.tasks where user_id is not null`).length, 0);
      assert.equal((await watch`select from private.content_refusals`).length, 0);
    });
  });
}

/** Statements of docs/operations.md on all lanes, each while a claim has locked the first of them. */
for (const { title, text } of statementsOnLanes) {
  Deno.test(`${title}: a claim meanwhile is not lost`, async () => {
    await withTwo(async (worker, other, watch) => {
      const id = await submit(worker, "a", 1);
      await worker`begin`;
      // As a claim does it that has come to the first lane and not to the others.
      await worker`select from private.lanes where provider = 'flux' for no key update`;
      const { result } = await startWaiting(watch, other, () => other.unsafe(text).simple());
      assert.deepEqual((await claim(worker)).map((task) => task.id), [id]);
      await worker`commit`;
      await result;
    });
  });
}

/** Whoever counts waits for the row of the provider, which is held until this ends. */
async function holdBudget(sql: postgres.Sql, provider: string): Promise<postgres.ReservedSql> {
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`
    select from private.spending where scope = 'provider' and scope_id = ${provider} for update
  `;
  return holder;
}

async function release(holder: postgres.ReservedSql): Promise<void> {
  await holder`commit`;
  holder.release();
}

Deno.test("a user submits near a cap while a task of theirs ends: both happen", async () => {
  await withTwo(async (worker, other, watch) => {
    await submit(worker, "a", 1, { isLimited: true });
    const [held] = await claim(worker);
    assert.ok(held);
    // Without one, all is counted in the rows that everybody shares.
    await watch`truncate private.spending_stripes`;
    const holder = await holdBudget(watch, "stability");
    const submission = await startWaiting(
      watch,
      other,
      () => submit(other, "b", 1, { isLimited: true }),
    );
    const settlement = await startWaiting(
      watch,
      worker,
      () => fail(worker, held, "invalid_input"),
    );
    await release(holder);
    assert.ok(await submission.result);
    assert.equal(await settlement.result, "failed");
    await checkBooks(watch);
  });
});

Deno.test("tasks of two users are overdue while one of them ends another: all happens", async () => {
  await withTwo(async (worker, other, watch) => {
    const [ann, bob] = [USER, "00000000-0000-4000-8000-000000000002"];
    await watch`insert into auth.users (id) values (${bob})`;
    await submit(worker, "held", 1, { user: bob, isLimited: true });
    const [held] = await claim(worker);
    assert.ok(held);
    for (const user of [ann, bob]) await submit(worker, "a", 1, { user, isLimited: true });
    await watch`truncate private.spending_stripes`;
    await watch`
      update public.tasks
      set deadline_at = now() - case when user_id = ${ann} then interval '2 s' else interval '1 s' end
      where client_task_id = 'a'
    `;
    const holder = await holdBudget(watch, "stability");
    const recovery = await startWaiting(
      watch,
      worker,
      () => worker`select private.recover_tasks()`,
    );
    const settlement = await startWaiting(watch, other, () => fail(other, held, "invalid_input"));
    await release(holder);
    await recovery.result;
    assert.equal(await settlement.result, "failed");
    const ended = await watch`select from public.tasks where status = 'failed'`;
    assert.equal(ended.length, 3);
    await checkBooks(watch);
  });
});

/** All budgets are what the tasks and the ledger say. */
async function checkBooks(sql: postgres.Sql): Promise<void> {
  await sql`select private.recover_tasks()`;
  const [books] = await sql`
    select
      (select coalesce(sum(used_usd), 0) from private.spending where scope = 'project')
        + (select coalesce(sum(used_usd), 0) from private.spending_stripes) as counted,
      (select coalesce(sum(reserved_usd), 0) from public.tasks)
        + (
          select coalesce(sum(private.call_cost_usd(outcome, cost_usd, estimate_usd)), 0)
          from private.provider_calls where task_id is null
        ) as reserved
  `;
  assert.equal(Number(books?.["counted"]), Number(books?.["reserved"]));
  const users = await sql`
    select user_id, sum(used_usd) as counted,
      (
        select coalesce(sum(reserved_usd), 0) from public.tasks
        where tasks.user_id = mine.user_id
      ) as reserved
    from private.user_spending as mine
    group by user_id
  `;
  for (const { counted, reserved } of users) assert.ok(Number(counted) >= Number(reserved));
}

Deno.test("a request of before midnight counts beside one of after it: both are accepted", async () => {
  await withTwo(async (worker, other, watch) => {
    // The same stripe, whichever connection.
    await watch`
      create or replace function private.own_stripe() returns smallint
      language sql stable set search_path = '' return 0::smallint
    `;
    const reserve = async (sql: postgres.Sql, daysAgo: number): Promise<unknown> => {
      const [answer] = await sql`
        select exceeded_limit as exceeded
        from private.reserve_exactly(
          'stability', private.no_key(), private.spending_day(now()) - ${daysAgo}::integer, 0.04,
          (100, 100, 100, null)::private.spending_caps, false
        )
      `;
      return answer?.["exceeded"];
    };
    await reserve(watch, 1);
    await watch`update private.spending_stripes set used_usd = 0.01`;
    const holder = await holdBudget(watch, "stability");
    const old = await startWaiting(watch, worker, () => reserve(worker, 1));
    const young = await startWaiting(watch, other, () => reserve(other, 0));
    await release(holder);
    assert.deepEqual([await old.result, await young.result], [null, null]);
    const days = await watch`
      select used_usd::float8 as usd from private.spending where scope = 'project' order by day
    `;
    assert.deepEqual(days.map(({ usd }) => usd), [0.09, 0.04]);
    const stripes = await watch`
      select day = private.spending_day(now()) as is_today from private.spending_stripes
    `;
    assert.deepEqual(stripes.map(({ is_today }) => is_today), [true]);
  });
});
