import assert from "node:assert/strict";
import postgres from "postgres";
import { databaseUrl } from "../../../tools/local/stack/database.ts";
import { findBudgetProblems } from "../../soak/chaos/budgets.ts";
import { findDeadAddresses } from "../../soak/chaos/checks.ts";
import { readOutcomes } from "../../soak/chaos/outcomes.ts";
import { operationsPage } from "../../support/operations_page.ts";
import { testPorts } from "../../support/test_ports.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { startFaultStack } from "../fault_stack.ts";
import { countMessages } from "../tasks.ts";
import { restoreBackup, takeBackup } from "./backup.ts";
import { Chaos } from "./chaos.ts";
import { type Moment, readRestored, type RestoredTask } from "./restored_tasks.ts";

const section = operationsPage.sections.find(({ title }) => title === "Restoring from a backup");
const [stop, see, , open] = section?.blocks.map(({ text }) => text) ?? [];

const MOMENTS: readonly Moment[] = ["waiting", "looked for", "called for", "accepted", "over"];

Deno.test("a backup that was taken in the middle of chaos is restored by the page: every task ends, and nothing is bought twice that the backup knew of", async (t) => {
  assert.equal(section?.blocks.length, 4);
  // What the test does between the blocks.
  assert.match(section?.text ?? "", /functions delete worker\n[^]*deploy --functions-only --yes\n/);
  const stack = await startFaultStack({ port: testPorts.restore, latencyMs: 1_000 });
  try {
    const chaos = await Chaos.prepare(stack);
    try {
      await chaos.startWorkers();
      await chaos.playUntilBackup();
      const [backup] = await Promise.all([takeBackup(stack), chaos.submitMeanwhile()]);
      await chaos.playUntilDisaster();
      await t.step("a copy of the disk", () => restore(chaos, backup));
      await t.step("a dump, which has no queues", () => restore(chaos, backup, DUMP));
    } finally {
      await chaos.killWorkers();
    }
  } finally {
    await stack.stop();
  }
});

/** Queues are the extension's, with the version of pgmq that the platform has, and in no dump. */
const DUMP = `
  do $$
  declare
    v_queue text;
  begin
    for v_queue in select * from private.queues() loop
      execute format('drop table pgmq.%I, pgmq.%I', 'q_' || v_queue, 'a_' || v_queue);
    end loop;
    delete from pgmq.meta;
  end;
  $$;
`;

async function restore(chaos: Chaos, backup: string, loss = ""): Promise<void> {
  const { stack } = chaos;
  const operator = postgres(databaseUrl(stack.ports.database, stack.secrets.databasePassword), {
    max: 1,
    onnotice: () => {},
  });
  const run = async (text = ""): Promise<void> => void await operator.unsafe(text).simple();
  try {
    await chaos.killWorkers();
    await restoreBackup(stack, backup);
    if (loss) await stack.sql.unsafe(loss).simple();
    const before = await chaos.countPurchases();
    await run(stop);
    const tasks = await readRestored(stack.sql);
    for (const moment of MOMENTS) assert.ok(idsOf(tasks, moment).length > 0, moment);
    const over = await readRows(chaos, idsOf(tasks, "over"));

    await chaos.startWorkers();
    await waitForEnds(chaos, [...idsOf(tasks, "accepted"), ...idsOf(tasks, "looked for")]);
    await run(see);
    await waitForEnds(chaos, idsOf(tasks, "called for"));
    assert.deepEqual(await chaos.countPurchases(), before, "nothing is bought before it is open");

    await run(open);
    await waitForEnds(chaos, idsOf(tasks, "waiting"));
    await checkPurchases(chaos, tasks, before);
    assert.deepEqual(await readRows(chaos, idsOf(tasks, "over")), over, "it is as it was");
    await checkRest(chaos);
  } finally {
    await operator.end();
  }
}

function idsOf(tasks: readonly RestoredTask[], moment: Moment): readonly string[] {
  return tasks.filter((task) => task.moment === moment).map(({ id }) => id);
}

async function readRows({ stack }: Chaos, ids: readonly string[]): Promise<readonly unknown[]> {
  return await stack.sql`select * from public.tasks where id = any(${ids}) order by id`;
}

async function waitForEnds({ stack }: Chaos, ids: readonly string[]): Promise<void> {
  await waitUntil("the end of tasks", async () => {
    const open = await stack.sql`
      select from public.tasks where id = any(${ids}) and (finished_at is null or winds_down)
    `;
    return open.length === 0;
  }, 60);
}

/** What the page tells of purchases, task by task. */
async function checkPurchases(
  chaos: Chaos,
  tasks: readonly RestoredTask[],
  before: ReadonlyMap<string, number>,
): Promise<void> {
  const after = await chaos.countPurchases();
  let secondTimes = 0;
  for (const { clientTaskId, moment, sent } of tasks) {
    const [known, now] = [before.get(clientTaskId) ?? 0, after.get(clientTaskId) ?? 0];
    if (moment === "waiting") {
      assert.equal(now, known + 1, `${clientTaskId} waited, and is bought once`);
      if (known > sent) secondTimes++;
    } else {
      assert.equal(now, known, `${clientTaskId} was ${moment}, and is not bought again`);
      // A call of which nobody will know the answer may have been repeated since.
      const unknown = moment === "called for" ? 1 : 0;
      assert.ok(known <= sent + unknown, `${clientTaskId} was ${moment}, and is in the ledger`);
    }
  }
  assert.ok(secondTimes > 0, "what waited, and was started since, is bought a second time");
  const restored = new Set(tasks.map(({ clientTaskId }) => clientTaskId));
  const gone = [...after].filter(([id, count]) => count > 0 && !restored.has(id));
  assert.ok(gone.length > 0, "what was bought for tasks that are gone is on no books");
}

async function checkRest({ stack: { sql }, requests }: Chaos): Promise<void> {
  const open = await sql`select from public.tasks where finished_at is null or winds_down`;
  assert.equal(open.length, 0);
  await waitUntil("empty queues", async () => await countMessages(sql) === 0);
  const wrong = await sql<{ kind: string }[]>`
    select kind from private.inconsistencies where count > 0 and kind <> 'dead letters'
  `;
  assert.deepEqual(wrong.map(({ kind }) => kind), []);
  assert.deepEqual(await findBudgetProblems(sql), []);
  assert.deepEqual(await findDeadAddresses(await readOutcomes(sql, requests, [])), []);
}
