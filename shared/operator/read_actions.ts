import type { Database } from "../database.ts";

/** A row of the log of operators. */
export interface OperatorAction {
  readonly id: number;
  readonly at: Date;
  readonly actor: "operator" | "command";
  readonly operatorId: string | null;
  readonly email: string | null;
  readonly action: string;
  readonly request: Record<string, unknown>;
  readonly result: Record<string, unknown>;
  /** The user whom it is about, who is still there. */
  readonly subjectId: string | null;
}

/** What operators did last, newest first. */
export async function readActions(
  sql: Database,
  most: number,
): Promise<readonly OperatorAction[]> {
  return await sql<OperatorAction[]>`
    select
      id::float8 as id, acted_at as at, actor, operator_id as "operatorId",
      operator_email as email, action, request, result, subject_id as "subjectId"
    from private.operator_actions
    order by id desc
    limit ${most}::bigint
  `;
}
