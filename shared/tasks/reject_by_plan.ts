import { ApiError } from "../contract/errors.ts";

/** What a plan forbids of a request: `operation`, `provider`, `model`, or a field of its body. */
export interface PlanViolation {
  readonly field: string;
  readonly plan: string;
  /** The values that are allowed, or the largest. */
  readonly allowed: readonly string[] | number;
}

/** The error (400) of a request that the user's plan does not allow. */
export function rejectByPlan({ field, plan, allowed }: PlanViolation): ApiError {
  const message = `The plan ${plan} allows ${words(allowed)}`;
  const isNone = typeof allowed !== "number" && allowed.length === 0;
  const advice = isNone ? "change the plan" : "ask for that, or change the plan";
  return new ApiError("invalid_request", `${field}: ${message}; ${advice}`, {
    details: [{ field, message }],
  });
}

function words(allowed: PlanViolation["allowed"]): string {
  if (typeof allowed === "number") return `at most ${allowed}`;
  return allowed.length > 0 ? `only ${allowed.join(", ")}` : "none";
}
