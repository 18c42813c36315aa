import { ApiError } from "../contract/errors.ts";
import type { GenerationCommand } from "../generation/command.ts";
import { rejectBlockedUser } from "./reject_blocked_user.ts";
import { type CapReached, rejectByCap } from "./reject_by_cap.ts";
import { type LimitReached, rejectByLimit } from "./reject_by_limit.ts";
import { type PlanViolation, rejectByPlan } from "./reject_by_plan.ts";
import { type QuotaReached, rejectByQuota } from "./reject_by_quota.ts";

/** The operator keeps new work out for a while. */
export interface SubmitPause {
  /** The operator's words. */
  readonly pauseMessage: string;
  readonly retryAfterSeconds: number;
}

/** Why `private.submit_task` has refused a submit. */
export type SubmitRefusal =
  | LimitReached
  | QuotaReached
  | CapReached
  | SubmitPause & { readonly exceededLimit: "submits_paused" }
  | { readonly exceededLimit: "plan"; readonly planViolation: PlanViolation }
  | { readonly exceededLimit: "user_is_blocked" };

/** The error of a submit that was refused. */
export function rejectSubmit(
  refusal: SubmitRefusal,
  command: Pick<GenerationCommand, "provider" | "resultCount" | "estimateUsd">,
): ApiError {
  switch (refusal.exceededLimit) {
    case "user_is_blocked":
      return rejectBlockedUser();
    case "submits_paused":
      return rejectWhilePaused(refusal);
    case "plan":
      return rejectByPlan(refusal.planViolation);
    case "images_per_day":
    case "models_per_day":
    case "usd_per_day":
      return rejectByQuota(refusal, command);
    case "key_usd_per_day":
    case "provider_usd_per_day":
    case "project_usd_per_day":
    case "project_usd_per_month":
      return rejectByCap(refusal, command.provider);
    default:
      return rejectByLimit(refusal);
  }
}

/** Also what the health check says then. */
export function rejectWhilePaused(
  { pauseMessage, retryAfterSeconds }: SubmitPause,
): ApiError {
  return new ApiError("unavailable", pauseMessage, { retryAfterSeconds });
}
