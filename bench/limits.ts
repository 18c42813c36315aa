import type postgres from "postgres";

/**
 * More than anything that is measured comes near to: limits are looked at in every submit, as in
 * production, and refuse nothing.
 */
export async function raiseLimits(sql: postgres.Sql): Promise<void> {
  await sql`
    update private.plans
    set submits_per_minute = 100000, active_tasks = 100000, usd_per_day = 1000000,
      images_per_day = 1000000, models_per_day = 1000000
  `;
  await sql`
    update private.limits
    set project_usd_per_day = 1000000, project_usd_per_month = 1000000,
      provider_usd_per_day = 1000000
  `;
}

/** Gives the user so many unfinished tasks, which are then as many as any user may have. */
export async function limitActiveTasks(sql: postgres.Sql, count: number): Promise<void> {
  await sql`update private.plans set active_tasks = ${count}`;
}
