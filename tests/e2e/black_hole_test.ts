import assert from "node:assert/strict";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { type BlackHole, withBlackHole } from "../../testing/black_hole.ts";
import { newTaskId, signIn, submit } from "../support/client.ts";
import { type OwnFunctions, withOwnFunctions } from "../support/own_functions.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";

interface Scene extends OwnFunctions {
  readonly hole: BlackHole;
}

/** Functions as those of the stack, whose way to the database may swallow everything. */
async function withScene(test: (scene: Scene) => Promise<void>): Promise<void> {
  await withBlackHole(stack.ports.database, async (hole) => {
    const options = { port: testPorts.blackHole, databasePort: hole.port };
    await withOwnFunctions(options, (functions) => test({ ...functions, hole }));
  });
}

/** The status, once the body is read. */
async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  await response.body?.cancel();
  if (response.status === 503) assert.ok(Number(response.headers.get("retry-after")) > 0);
  return response.status;
}

async function tasksNamed(taskId: string): Promise<number> {
  return await withDatabase(async (sql) => {
    const rows = await sql`select from public.tasks where client_task_id = ${taskId}`;
    return rows.length;
  });
}

Deno.test("requests are answered when connections to the database have gone silent", async () => {
  const user = await signIn();
  const id = await submit(user);
  await withScene(async ({ hole, status, submit }) => {
    const taskId = newTaskId();
    assert.equal(await statusOf(status(user, id)), 200);
    assert.equal(await statusOf(submit(user, newTaskId())), 202);

    hole.swallow();
    const answers = [status(user, id), submit(user, taskId), status(user, id)].map(statusOf);
    // Each is answered: by a refusal, or on a connection that was made anew.
    for (const answer of await Promise.all(answers)) assert.ok([200, 202, 503].includes(answer));
    // What comes afterwards finds new connections, and the refused request may be sent again.
    assert.equal(await statusOf(status(user, id)), 200);
    const again = await submit(user, taskId);
    assert.equal(again.status, 202);
    acceptedBody.parse(await again.json());
    assert.equal(await tasksNamed(taskId), 1);
  });
});

Deno.test("requests are refused while nothing reaches the database, and served soon after", async () => {
  const user = await signIn();
  const id = await submit(user);
  await withScene(async ({ hole, status, submit }) => {
    assert.equal(await statusOf(status(user, id)), 200);
    const old = hole.made;
    hole.swallowsNew = true;
    hole.swallow();
    for (
      const answer of await Promise.all([status(user, id), submit(user, newTaskId())].map(statusOf))
    ) {
      assert.equal(answer, 503);
    }
    hole.swallowsNew = false;
    const serves = async (): Promise<boolean> => await statusOf(status(user, id)) === 200;
    await waitUntil("a status", serves, 20);
    assert.equal(await statusOf(submit(user, newTaskId())), 202);
    await waitUntil("the end of the old connections", () => Promise.resolve(hole.ended >= old));
  });
});
