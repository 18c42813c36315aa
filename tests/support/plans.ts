import { type NewUser, newUser, tokenOf } from "./new_user.ts";
import { withDatabase } from "./stack.ts";

/** What a plan of a test leaves out or bounds; what is not named has no limit. */
export interface PlanLimits {
  readonly images_per_day?: number;
  readonly models_per_day?: number;
  readonly usd_per_day?: number;
  readonly operations?: readonly string[];
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  readonly qualities?: readonly string[];
  readonly most_results?: number;
  readonly most_safety_tolerance?: number;
}

/** Works with a plan of its own, by its name, and removes it, whatever happens. */
export async function withPlan<T>(
  limits: PlanLimits,
  work: (plan: string) => Promise<T>,
): Promise<T> {
  const plan = `test-${crypto.randomUUID()}`;
  return await withDatabase(async (sql) => {
    await sql`insert into private.plans ${sql({ ...limits, name: plan })}`;
    try {
      return await work(plan);
    } finally {
      await sql`delete from private.plans where name = ${plan}`;
    }
  });
}

/** A user whose token names a plan. */
export async function newUserOf(plan: string): Promise<NewUser> {
  return await newUser({ app_metadata: { plan } });
}

/** The user with the next token, which Auth makes after a change of the plan. */
export async function withNextToken({ id }: NewUser, plan: string): Promise<NewUser> {
  return { id, token: await tokenOf(id, { app_metadata: { plan } }) };
}
