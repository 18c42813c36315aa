import type postgres from "postgres";

/**
 * More than anything that is measured comes near to: limits are looked at in every submit, as in
 * production, and refuse nothing.
 */
export async function raiseLimits(sql: postgres.Sql): Promise<void> {
  await sql`
    update private.limits set user_submits_per_minute = 100000, user_active_tasks = 100000
  `;
}

/** Gives the user so many unfinished tasks, which are then as many as any user may have. */
export async function limitActiveTasks(sql: postgres.Sql, count: number): Promise<void> {
  await sql`update private.limits set user_active_tasks = ${count}`;
}
