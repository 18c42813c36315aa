import { z } from "zod";
import { ApiError } from "../contract/errors.ts";
import type { OperatorActionBody } from "../contract/operator/answers.ts";
import type { OperatorRequest } from "../contract/operator/requests.ts";
import type { Database } from "../database.ts";
import { rejectOtherUser } from "./reject_other_user.ts";

/** How `private.operate` refuses what cannot be done: the field is named as a column. */
const refusal = z.object({
  code: z.literal("OP400"),
  message: z.string(),
  column_name: z.string().default(""),
});

interface Done {
  readonly isOperator: boolean;
  readonly id: number;
  readonly result: OperatorActionBody["result"];
}

/**
 * Does what an operator asks for, and logs it, in one transaction. Throws an ApiError (400) that names the
 * field where it cannot be done, and one (403) for a user who is no operator any more; then nothing is
 * done.
 *
 * @param operatorId The signed-in operator; null for a command, by whoever has the database's password.
 */
export async function operate(
  sql: Database,
  operatorId: string | null,
  { action, ...fields }: OperatorRequest,
): Promise<OperatorActionBody> {
  const [done] = await sql<Done[]>`
    select is_operator as "isOperator", id::float8 as id, result
    from private.operate(${operatorId}::uuid, ${action}::text, ${sql.json(fields)}::jsonb)
  `.catch((cause) => {
    throw asRefusal(cause);
  });
  if (!done?.isOperator) throw rejectOtherUser();
  return { id: done.id, action, result: done.result };
}

function asRefusal(cause: unknown): unknown {
  const known = refusal.safeParse(cause);
  if (!known.success) return cause;
  const { message, column_name: field } = known.data;
  const details = field ? [{ field, message }] : [];
  return new ApiError("invalid_request", message, { details, cause });
}
