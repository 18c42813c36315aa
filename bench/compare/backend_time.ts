import type postgres from "postgres";

/** The functions whose connections are known by a name that is the same in all versions. */
export type NamedFunction = "generation" | "tasks-status";

/**
 * Processor time, in milliseconds, that Postgres has spent for a function while work is done. NaN where
 * the system does not count it.
 */
export async function backendTimeOf(
  sql: postgres.Sql,
  name: NamedFunction,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = await readTimes(sql, name);
  await work();
  const after = await readTimes(sql, name);
  let nanoseconds = 0;
  for (const [pid, time] of after) nanoseconds += time - (before.get(pid) ?? 0);
  return nanoseconds / 1_000_000;
}

async function readTimes(
  sql: postgres.Sql,
  name: NamedFunction,
): Promise<ReadonlyMap<number, number>> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = ${`makeit3d-${name}`}
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
