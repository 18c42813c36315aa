import type { CanceledBody, TaskStatus } from "../contract/responses.ts";
import type { Database } from "../database.ts";

/** How a task stands after its owner's change of mind. */
export interface Cancellation {
  readonly status: TaskStatus;
  readonly billed: CanceledBody["billed"];
  /** False if it had ended otherwise before. */
  readonly canceled: boolean;
}

/** Ends one of the caller's own tasks; undefined for any other id. */
export type CancelTask = (id: string, userId: string) => Promise<Cancellation | undefined>;

export function createCancelTask(sql: Database): CancelTask {
  return async (id, userId) => {
    const [cancellation] = await sql<Cancellation[]>`
      select status, billed, canceled from private.cancel_task(${userId}::uuid, ${id}::uuid)
    `;
    return cancellation;
  };
}
