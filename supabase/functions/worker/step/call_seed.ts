import type { Claim } from "../../../../shared/tasks/task.ts";

/**
 * A number from 0 up to 2^31 that goes with one call and no other: of the random end of the task's id,
 * one further for each lease.
 */
export function callSeed({ taskId, lease }: Pick<Claim, "taskId" | "lease">): number {
  return (Number.parseInt(taskId.slice(-8), 16) + Number(BigInt(lease) % BigInt(2 ** 31))) %
    2 ** 31;
}
