import assert from "node:assert/strict";
import type postgres from "postgres";

/** pgTAP tests: each file is a transaction of its own that is rolled back at its end. */
const folder = new URL("../../supabase/tests/", import.meta.url);

/** What works on queues, for a database that has less of the platform than the rest needs. */
export const QUEUE_SUBJECTS: readonly string[] = [
  ["cancel_task", "circuit_breaker", "claim_tasks", "expire_tasks", "extend_leases"],
  ["fair_queueing", "mark_call_sent", "next_state", "reconcile", "retention", "schedule"],
  ["settle_task", "snooze_task", "submit_task", "workers"],
].flat();

function testFiles(directory: URL): URL[] {
  return [...Deno.readDirSync(directory)]
    .flatMap(({ name, isDirectory }) => {
      if (isDirectory) return testFiles(new URL(`${name}/`, directory));
      return name.endsWith("_test.sql") ? [new URL(name, directory)] : [];
    })
    .sort((left, right) => left.pathname.localeCompare(right.pathname));
}

/** Runs a script and returns the lines of the Test Anything Protocol that its queries gave. */
async function runScript(sql: postgres.Sql, file: URL): Promise<string[]> {
  const results: unknown = await sql.unsafe(await Deno.readTextFile(file)).simple();
  return (Array.isArray(results) ? results.flat(2) : [])
    .flatMap((row) => Object.values(row ?? {}))
    .flatMap((value) => (typeof value === "string" ? value.split("\n") : []));
}

/** A script that fails leaves its transaction open; the next must not run in it. */
async function runTest(sql: postgres.Sql, file: URL): Promise<string[]> {
  try {
    return await runScript(sql, file);
  } finally {
    await sql`rollback`;
  }
}

/** Runs the test files of these folders, or of all, each as a step. */
export async function runPgTap(
  t: Deno.TestContext,
  sql: postgres.Sql,
  subjects: readonly string[] = [""],
): Promise<void> {
  await runScript(sql, new URL("helpers.sql", folder));
  const folders = subjects.map((subject) => new URL(subject && `${subject}/`, folder));
  for (const file of folders.flatMap(testFiles)) {
    await t.step(file.pathname.slice(folder.pathname.length), async () => {
      const lines = await runTest(sql, file);
      const problems = lines.filter((line) => /^not ok|^#\s*(Looks|Failed)/.test(line));
      assert.deepEqual(problems, []);
      assert.ok(
        lines.some((line) => line.startsWith("ok ")),
        "no test ran",
      );
    });
  }
}
