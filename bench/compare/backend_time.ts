import type postgres from "postgres";

/** The connections of the function that submits: its name is the same in all versions. */
const SUBMITTING = "makeit3d-generation";

/**
 * Processor time, in milliseconds, that Postgres has spent for the function that submits while work is
 * done. NaN where the system does not count it.
 */
export async function backendTimeOf(
  sql: postgres.Sql,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = await readTimes(sql);
  await work();
  const after = await readTimes(sql);
  let nanoseconds = 0;
  for (const [pid, time] of after) nanoseconds += time - (before.get(pid) ?? 0);
  return nanoseconds / 1_000_000;
}

async function readTimes(sql: postgres.Sql): Promise<ReadonlyMap<number, number>> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = ${SUBMITTING}
  `;
  return new Map(
    await Promise.all(rows.map(async ({ pid }) => [pid, await readTime(pid)] as const)),
  );
}

/** Linux counts in nanoseconds here (Documentation/scheduler/sched-stats.rst). */
async function readTime(pid: number): Promise<number> {
  const text = await Deno.readTextFile(`/proc/${pid}/schedstat`).catch(() => "NaN");
  return Number(text.split(" ")[0]);
}
