import type { OperatorActionBody, OperatorBody } from "../contract/operator/answers.ts";
import type { OperatorRequest } from "../contract/operator/requests.ts";
import type { Database } from "../database.ts";
import { operate } from "./operate.ts";
import { readOperatorView } from "./operator_view.ts";
import { rejectOtherUser } from "./reject_other_user.ts";

/**
 * What signed-in operators see and do. Each asks first whether the user is an operator now, whatever the
 * token says, and throws an ApiError (403) if not.
 */
export interface Operator {
  read(userId: string): Promise<OperatorBody>;
  /** Throws an ApiError (400) that names the field where it cannot be done. */
  act(userId: string, request: OperatorRequest): Promise<OperatorActionBody>;
}

export function createOperator(sql: Database): Operator {
  return {
    async read(userId) {
      const [row] = await sql<{ isOperator: boolean }[]>`
        select private.is_operator(${userId}::uuid) as "isOperator"
      `;
      if (!row?.isOperator) throw rejectOtherUser();
      return await readOperatorView(sql);
    },
    act: (userId, request) => operate(sql, userId, request),
  };
}
