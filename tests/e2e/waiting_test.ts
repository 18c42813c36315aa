import assert from "node:assert/strict";
import { statusBody } from "../../shared/contract/responses.ts";
import { headersOf, signIn, submit, type User } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

async function read(
  { token }: Pick<User, "token">,
  id: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/tasks/${id}/status${query}`, {
    headers: { ...headersOf(token), ...headers },
  });
}

/** Until the function has begun to look for somebody who waits. */
async function waitForLook(since: Date): Promise<void> {
  await withDatabase((sql) =>
    waitUntil("a look at who is waited for", async () => {
      const rows = await sql`
        select from pg_stat_activity
        where application_name = 'makeit3d-tasks-status' and query ~ 'changed_tasks'
          and query_start > ${since}
      `;
      return rows.length > 0;
    })
  );
}

async function databaseTime(): Promise<Date> {
  return await withDatabase(async (sql) => {
    const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
    if (!row) throw new Error("The database knows no time");
    return row.now;
  });
}

/** A task that waits until the lane is open again. */
async function withWaitingTask(work: (user: User, id: string) => Promise<void>): Promise<void> {
  const user = await signIn();
  await withLane("openai", { paused_until: new Date(Date.now() + 60_000) }, async () => {
    await work(user, await submit(user));
  });
}

Deno.test("who waits is answered by what happens, and what is known is not told again", async () => {
  await withWaitingTask(async (user, id) => {
    const first = await read(user, id, "");
    assert.equal(first.headers.get("etag"), '"1"');
    assert.equal(statusBody.parse(await first.json()).version, 1);

    const known = await read(user, id, "?wait=1", { "If-None-Match": '"1"' });
    assert.deepEqual([known.status, await known.text()], [304, ""]);

    const since = await databaseTime();
    const waiting = read(user, id, "?wait=25", { "If-None-Match": 'W/"1"' });
    const plain = read(user, id, "", { Prefer: "wait=60" });
    await waitForLook(since);
    const canceled = await fetch(`${stack.functionsUrl}/tasks/${id}`, {
      method: "DELETE",
      headers: headersOf(user.token),
    });
    assert.equal(canceled.status, 200);
    await canceled.body?.cancel();
    for (const answer of [await waiting, await plain]) {
      assert.deepEqual([answer.status, answer.headers.get("etag")], [200, '"2"']);
      const { status, version } = statusBody.strict().parse(await answer.json());
      assert.deepEqual([status, version], ["canceled", 2]);
    }
    assert.equal((await plain).headers.get("preference-applied"), "wait=25");
  });
});

Deno.test("a task that is deleted while somebody waits for it is a 404", async () => {
  await withWaitingTask(async (user, id) => {
    const since = await databaseTime();
    const waiting = read(user, id, "?wait=25", { "If-None-Match": '"1"' });
    await waitForLook(since);
    const purged = await fetch(`${stack.functionsUrl}/tasks/${id}?purge=true`, {
      method: "DELETE",
      headers: headersOf(user.token),
    });
    assert.equal(purged.status, 200);
    await purged.body?.cancel();
    const answer = await waiting;
    assert.deepEqual([answer.status, (await answer.json()).message], [404, "No such task"]);
  });
});

Deno.test("nobody waits for what is another's, whatever its version", async () => {
  await withWaitingTask(async (_, id) => {
    const stranger = await signIn(2);
    for (const headers of [{}, { "If-None-Match": '"1"' }, { "If-None-Match": "*" }]) {
      const answer = await read(stranger, id, "?wait=25", headers);
      assert.deepEqual([answer.status, (await answer.json()).message], [404, "No such task"]);
      assert.equal(answer.headers.get("etag"), null);
    }
  });
});
