import assert from "node:assert/strict";
import { startWorkerIsolates } from "../support/isolates.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";

/** A model that OpenAI has shut down, and one that it will shut down. */
const GONE = "dall-e-3";
const ENDING = "gpt-image-1.5";

const port = testPorts.modelLists;
const logFile = `${stack.folder}/logs/worker-${port}/worker.log`;

/** What a worker with these settings logs of the lists: OpenAI's, then Recraft's. */
async function readLists(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await Deno.remove(logFile).catch(() => {});
  const pool = await startWorkerIsolates(stack, { port, settings });
  try {
    await withDatabase((sql) =>
      sql`
        update private.maintenance_jobs set last_run_at = '-infinity' where job = 'model lists'
      `
    );
    const response = await fetch(`http://127.0.0.1:${port}/worker`, {
      method: "POST",
      headers: { apikey: stack.secrets.workerSecret },
    });
    assert.equal(response.status, 202);
    await response.body?.cancel();
    return await waitUntil("what it says of the lists", async () => {
      const lines = (await Deno.readTextFile(logFile)).split("\n");
      const said = lines.filter((line) => line.includes('"event":"list of models'));
      return said.length === 2 && said.map((line) => String(JSON.parse(line).event));
    });
  } finally {
    await pool.stop();
  }
}

async function alerts(): Promise<readonly string[]> {
  return await withDatabase(async (sql) => {
    const rows = await sql<{ alert: string }[]>`
      select code || ' ' || subject as alert from monitoring.alerts()
      where code = 'model_missing' order by subject
    `;
    return rows.map(({ alert }) => alert);
  });
}

Deno.test("a model that its provider lists no more is the operator's alarm, until it is replaced", async (t) => {
  await t.step("all that is asked for is listed", async () => {
    assert.deepEqual(await readLists({}), ["list of models read", "list of models read"]);
    assert.deepEqual(await alerts(), []);
  });
  await t.step("one that is not is an alert, without any request", async () => {
    await readLists({ OPENAI_IMAGE_MODEL: GONE });
    assert.deepEqual(await alerts(), [`model_missing openai ${GONE}`]);
  });
  await t.step("a list that cannot be read ends nothing", async () => {
    const elsewhere = `${stack.simulatorUrl}/stability`;
    assert.deepEqual(await readLists({ OPENAI_IMAGE_MODEL: GONE, OPENAI_BASE_URL: elsewhere }), [
      "list of models not read",
      "list of models read",
    ]);
    assert.deepEqual(await alerts(), [`model_missing openai ${GONE}`]);
  });
  await t.step("another model ends it", async () => {
    await readLists({});
    assert.deepEqual(await alerts(), []);
  });
  await t.step("and one that cannot be read raises nothing", async () => {
    await readLists({
      OPENAI_IMAGE_MODEL: GONE,
      OPENAI_BASE_URL: `${stack.simulatorUrl}/stability`,
    });
    assert.deepEqual(await alerts(), []);
  });
  await t.step("an end that the list announces takes the place of another day", async () => {
    await withDatabase(async (sql) => {
      await sql`
        update monitoring.model_shutdowns set shut_down_on = '2026-12-24' where model = ${ENDING}
      `;
      await readLists({ OPENAI_IMAGE_MODEL: ENDING });
      const [row] = await sql`
        select shut_down_on::text as day from monitoring.model_shutdowns where model = ${ENDING}
      `;
      assert.equal(row?.["day"], "2026-12-01");
    });
  });
});
