import { IsolateBudget, type IsolateLimits } from "../supabase/functions/worker/isolate_budget.ts";

/** An isolate of the Free plan in which no time passes. */
export function anIsolate(changes: Partial<IsolateLimits> = {}): IsolateBudget {
  return new IsolateBudget({
    lifeSeconds: 150,
    budgetSeconds: 50,
    maxCallSeconds: 125,
    now: () => 0,
    ...changes,
  });
}
