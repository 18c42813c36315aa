import { withDatabase } from "./stack.ts";

export interface LimitChanges {
  readonly project_usd_per_day?: number | null;
  readonly project_usd_per_month?: number | null;
  readonly provider_usd_per_day?: number | null;
  readonly key_usd_per_day?: number | null;
  readonly user_stored_bytes?: number | null;
  readonly user_stored_files?: number | null;
  readonly user_input_assets?: number | null;
  readonly allows_anonymous_users?: boolean;
}

/** Works under other limits, and puts back those of development, whatever happens. */
export async function withLimits<T>(changes: LimitChanges, work: () => Promise<T>): Promise<T> {
  return await withDatabase(async (sql) => {
    const [before] = await sql<Required<LimitChanges>[]>`
      select
        project_usd_per_day::float8, project_usd_per_month::float8,
        provider_usd_per_day::float8, key_usd_per_day::float8, user_stored_bytes::float8,
        user_stored_files, user_input_assets, allows_anonymous_users
      from private.limits
    `;
    if (!before) throw new Error("No limits");
    const set = async (values: Required<LimitChanges>): Promise<void> => {
      await sql`update private.limits set ${sql({ ...values })}`;
    };
    await set({ ...before, ...changes });
    try {
      return await work();
    } finally {
      await set(before);
    }
  });
}

export interface ContentLimitChanges {
  readonly slow_after?: number | null;
  readonly block_after?: number | null;
}

/** The same with the limits of refusals. */
export async function withContentLimits<T>(
  changes: ContentLimitChanges,
  work: () => Promise<T>,
): Promise<T> {
  return await withDatabase(async (sql) => {
    const [before] = await sql<Required<ContentLimitChanges>[]>`
      select slow_after, block_after from private.content_limits
    `;
    if (!before) throw new Error("No limits of refusals");
    const set = async (values: Required<ContentLimitChanges>): Promise<void> => {
      await sql`update private.content_limits set ${sql({ ...values })}`;
    };
    await set({ ...before, ...changes });
    try {
      return await work();
    } finally {
      await set(before);
    }
  });
}

export interface PlanChanges {
  readonly images_per_day?: number | null;
  readonly models_per_day?: number | null;
  readonly usd_per_day?: number | null;
  readonly submits_per_minute?: number | null;
  readonly active_tasks?: number | null;
}

/** The same with the default plan. */
export async function withDefaultPlan<T>(changes: PlanChanges, work: () => Promise<T>): Promise<T> {
  return await withDatabase(async (sql) => {
    const [before] = await sql<Required<PlanChanges>[]>`
      select images_per_day, models_per_day, usd_per_day::float8, submits_per_minute, active_tasks
      from private.plans
      where name = 'default'
    `;
    if (!before) throw new Error("No default plan");
    const set = async (values: Required<PlanChanges>): Promise<void> => {
      await sql`update private.plans set ${sql({ ...values })} where name = 'default'`;
    };
    await set({ ...before, ...changes });
    try {
      return await work();
    } finally {
      await set(before);
    }
  });
}

/** Keeps new work out meanwhile, as an operator does. */
export async function withPausedSubmits<T>(
  { message, retryAfterSeconds }: { readonly message: string; readonly retryAfterSeconds: number },
  work: () => Promise<T>,
): Promise<T> {
  return await withDatabase(async (sql) => {
    const [before] = await sql`
      select message, retry_after_seconds, paused_since from private.submit_pause
    `;
    if (!before) throw new Error("No switch");
    await sql`
      update private.submit_pause
      set message = ${message}, retry_after_seconds = ${retryAfterSeconds}, paused_since = now()
    `;
    try {
      return await work();
    } finally {
      await sql`update private.submit_pause set ${sql({ ...before })}`;
    }
  });
}
