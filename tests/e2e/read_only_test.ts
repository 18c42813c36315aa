import assert from "node:assert/strict";
import { newTaskId, readStatus, signIn, submit } from "../support/client.ts";
import { withOwnFunctions } from "../support/own_functions.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";

/** What the platform makes the default of a database whose disk is nearly full. */
const READ_ONLY = "default_transaction_read_only";

async function answerOf(
  answer: Promise<Response>,
): Promise<{ readonly status: number; readonly saysWhen: boolean; readonly message: string }> {
  const response = await answer;
  const { message = "" } = await response.json();
  return { status: response.status, saysWhen: response.headers.has("retry-after"), message };
}

Deno.test("a database that takes no writes refuses what writes for the moment, and is ill", async () => {
  const user = await signIn();
  const id = await submit(user);
  const url = new URL(stack.environment["DATABASE_URL"] ?? "");
  url.searchParams.set(READ_ONLY, "on");
  const options = { port: testPorts.readOnly, overrides: { SUPABASE_DB_URL: url.href } };
  await withOwnFunctions(options, async (functions) => {
    const taskId = newTaskId();
    const refused = {
      status: 503,
      saysWhen: true,
      message: "The service is not available at the moment; try again",
    };
    assert.deepEqual(await answerOf(functions.submit(user, taskId)), refused);
    assert.deepEqual(await answerOf(functions.cancel(user, id)), refused);
    assert.deepEqual(await answerOf(functions.health()), {
      status: 503,
      saysWhen: true,
      message: "The database takes no writes; its disk may be full",
    });
    assert.equal((await answerOf(functions.status(user, id))).status, 200);
    await withDatabase(async (sql) => {
      assert.equal((await sql`select from tasks where client_task_id = ${taskId}`).length, 0);
    });
  });
  assert.notEqual((await readStatus(user, id)).status, "canceled");
});
