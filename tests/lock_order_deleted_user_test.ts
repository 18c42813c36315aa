import assert from "node:assert/strict";
import type postgres from "postgres";
import { claim, startWaiting, submit, withTwo } from "./support/two_connections.ts";

/** All that changes tasks of a user, or of many. Submits and settlements have tests of their own. */
const WORKS: Readonly<
  Record<string, (sql: postgres.Sql, user: string, task: string) => Promise<unknown>>
> = {
  recover_tasks: (sql) => sql`select private.recover_tasks()`,
  reconcile: (sql) => sql`select private.reconcile()`,
  claim_lost_task: (sql) => sql`select private.claim_lost_task(15, 300)`,
  cancel_task: (sql, user, task) => sql`select private.cancel_task(${user}, ${task})`,
  purge_task: (sql, user, task) => sql`select private.purge_task(${user}, ${task})`,
  purge_user: (sql, user) => sql`select private.purge_user(${user})`,
  // Who is gone cannot be blocked any more.
  block_user: (sql, user) =>
    sql`select private.block_user(${user}, 'Spam')`.catch((error) => {
      assert.match(String(error), /blocked_users_user_id_fkey/);
    }),
  report_task: (sql, user, task) => sql`select private.report_task(${user}, ${task}, 'Ugly')`,
};

/** What is done to a task whose call was sent, for it to be in a state. */
const STATES: Readonly<Record<string, (sql: postgres.Sql, task: string) => Promise<unknown>>> = {
  "under way": () => Promise.resolve(),
  waiting: async (sql, task) => {
    await sql`
      select private.settle_task(id, lease, '{"kind": "release"}') from public.tasks where id = ${task}
    `;
  },
  lost: loseWorker,
  "lost and overdue": async (sql, task) => {
    await loseWorker(sql, task);
    await sql`update public.tasks set deadline_at = now() where id = ${task}`;
  },
  "known to be lost": async (sql, task) => {
    await loseWorker(sql, task);
    await sql`update public.tasks set lost_at = lease_expires_at where id = ${task}`;
  },
  "winding down for too long": windDown,
  "winding down for too long, and lost": async (sql, task) => {
    await windDown(sql, task);
    await loseWorker(sql, task);
  },
  "of a banned user": banUser,
  "of a banned user, and lost": async (sql, task) => {
    await banUser(sql, task);
    await loseWorker(sql, task);
  },
  complete: async (sql, task) => {
    const outcome = { kind: "complete", asset_urls: ["https://a/0.png"], call: {} };
    await sql`
      select private.settle_task(id, lease, ${sql.json(outcome)})
      from public.tasks where id = ${task}
    `;
  },
};

async function loseWorker(sql: postgres.Sql, task: string): Promise<void> {
  await sql`
    update public.tasks set lease_expires_at = now() - interval '1 minute' where id = ${task}
  `;
}

async function windDown(sql: postgres.Sql, task: string): Promise<void> {
  await sql`select private.cancel_task(user_id, id) from public.tasks where id = ${task}`;
  await sql`
    update public.tasks set finished_at = now() - private.max_winding_down() where id = ${task}
  `;
}

async function banUser(sql: postgres.Sql, task: string): Promise<void> {
  await sql`
    update auth.users set banned_until = now() + interval '1 day'
    where id = (select user_id from public.tasks where id = ${task})
  `;
}

/** A task of a new user, with its call sent. */
async function prepare(sql: postgres.Sql): Promise<{ user: string; task: string }> {
  const user = crypto.randomUUID();
  await sql`insert into auth.users (id) values (${user})`;
  const task = await submit(sql, "a", 1, { user });
  const held = (await claim(sql)).find(({ id }) => id === task);
  assert.ok(held);
  await sql`select private.mark_call_sent(${task}, ${held.lease})`;
  return { user, task };
}

for (const [title, work] of Object.entries(WORKS)) {
  Deno.test(`a user is deleted while ${title} is at their task: both happen`, async (test) => {
    await withTwo(async (worker, other, watch) => {
      for (const [state, enter] of Object.entries(STATES)) {
        await test.step(`the task is ${state}`, async () => {
          const { user, task } = await prepare(watch);
          await enter(watch, task);
          await other`begin`;
          // As a deletion does, before its trigger comes to the tasks.
          await other`select from auth.users where id = ${user} for update`;
          const { result } = await startWaiting(watch, worker, () => work(worker, user, task));
          await other`delete from auth.users where id = ${user}`;
          await other`commit`;
          await result;
          const left = await watch`select from public.tasks where user_id = ${user}`;
          assert.equal(left.length, 0);
        });
      }
    });
  });
}
