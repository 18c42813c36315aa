import assert from "node:assert/strict";
import { connect } from "../shared/database.ts";
import { DatabaseTimeout } from "../shared/database_failure.ts";
import { stack, withDatabase } from "./support/stack.ts";
import { waitUntil } from "./support/wait_until.ts";

/** Sessions of a function by its name, and how many of them have a statement under way. */
async function sessionsOf(name: string): Promise<{ readonly all: number; readonly busy: number }> {
  return await withDatabase(async (sql) => {
    const states = await sql<{ state: string }[]>`
      select state from pg_stat_activity where application_name = ${`makeit3d-${name}`}
    `;
    return { all: states.length, busy: states.filter(({ state }) => state === "active").length };
  });
}

/** Whether a function has a statement under way for so long. */
async function isUnderWay(name: string, seconds: number): Promise<boolean> {
  return await withDatabase(async (sql) => {
    const statements = await sql`
      select from pg_stat_activity
      where application_name = ${`makeit3d-${name}`} and state = 'active'
        and query_start < clock_timestamp() - make_interval(secs => ${seconds})
    `;
    return statements.length > 0;
  });
}

/** Ends a function's sessions as a database does that is shut down. */
async function endSessionsOf(name: string): Promise<void> {
  await withDatabase((sql) =>
    sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${`makeit3d-${name}`}
    `
  );
}

/** In each, a connection may end between a statement and its sending. */
const ROUNDS = 20;

/** Deno looks whether a socket or a timer is left. */
const sanitizers = { sanitizeOps: true, sanitizeResources: true };

for (const isPooled of [false, true]) {
  const way = isPooled ? "a pooler's way" : "prepared";
  const name = `limit-${isPooled}`;
  const url = { url: stack.adminUrl, isPooled };

  Deno.test(
    `a statement that takes too long is canceled, and others go on: ${way}`,
    sanitizers,
    async () => {
      const sql = connect(url, name, { limitSeconds: 0.5 });
      await sql`select ${1}::integer`;
      const slow = assert.rejects(sql`select pg_sleep(${600}::integer)`, DatabaseTimeout);
      // Under way on the connections that are left at the end of the first.
      const others: Promise<Iterable<unknown>>[] = [];
      let isOver = false;
      const end = slow.finally(() => isOver = true);
      while (!isOver) {
        others.push(sql`select ${2}::integer as two from pg_sleep(0.05)`);
        await others.at(-1);
      }
      await end;
      for (const rows of await Promise.all(others)) assert.deepEqual([...rows], [{ two: 2 }]);
      assert.deepEqual([...await sql`select 3 as three`], [{ three: 3 }]);
      await waitUntil("the end of the slow one", async () => (await sessionsOf(name)).busy === 0);
      await sql.close();
      await waitUntil("the end of all", async () => (await sessionsOf(name)).all === 0);
    },
  );

  Deno.test(
    `one that waits for a connection when all are left is done nevertheless: ${way}`,
    sanitizers,
    async () => {
      const sql = connect(url, name, { limitSeconds: 2, connections: 1 });
      const slow = assert.rejects(sql`select pg_sleep(${600}::integer)`, DatabaseTimeout);
      // Late enough to have time left when the slow one has none.
      await waitUntil("half of its time to pass", () => isUnderWay(name, 1));
      const waiting = Array.from({ length: 9 }, () => sql`select ${1}::integer as one`);
      for (const rows of await Promise.all(waiting)) assert.deepEqual([...rows], [{ one: 1 }]);
      await slow;
      await sql.close();
      await waitUntil("the end of all", async () => (await sessionsOf(name)).all === 0);
    },
  );

  Deno.test(
    `connections that end while statements come leave none that waits in vain: ${way}`,
    sanitizers,
    async () => {
      const sql = connect(url, name);
      const codes = new Set<unknown>();
      for (let round = 0; round < ROUNDS; round++) {
        let isOver = false;
        let answers = 0;
        const asking = Array.from({ length: 8 }, async () => {
          while (!isOver) {
            await sql`select ${1}::integer`.then(() => answers++, ({ code }) => codes.add(code));
          }
        });
        // Connections that have just been made ask for the database's types first.
        await waitUntil("sessions at work", () => Promise.resolve(answers > 200));
        await endSessionsOf(name);
        isOver = true;
        await Promise.all(asking);
      }
      assert.ok(codes.size > 0, "Some are cut off");
      assert.ok(!codes.has("CONNECT_TIMEOUT"), [...codes].join(", "));
      await sql.close();
      await waitUntil("the end of all", async () => (await sessionsOf(name)).all === 0);
    },
  );

  Deno.test(
    `a statement that was given up before it was sent is never done: ${way}`,
    sanitizers,
    async () => {
      await withDatabase(async (admin) => {
        const table = `limit_${isPooled}`;
        await admin.unsafe(`create table public.${table} (id integer)`);
        const sql = connect(url, name, { limitSeconds: 0.5, connections: 1 });
        try {
          const slow = sql`select pg_sleep(${600}::integer)`;
          const waiting = isPooled
            ? sql`insert into public.limit_true values (${1}::integer)`
            : sql`insert into public.limit_false values (${1}::integer)`;
          await Promise.all([slow, waiting].map((work) => assert.rejects(work, DatabaseTimeout)));
          await waitUntil("the end of both", async () => (await sessionsOf(name)).busy === 0);
          await sql.close();
          assert.equal((await admin.unsafe(`select from public.${table}`)).length, 0);
        } finally {
          await admin.unsafe(`drop table public.${table}`);
        }
      });
    },
  );
}
