import postgres from "postgres";
import type { LedgerCall } from "./match_calls.ts";

/** The calls of the backend's ledger from a time on that were sent, oldest first. */
export async function readLedgerCalls(
  databaseUrl: string,
  since: Date,
): Promise<readonly LedgerCall[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return await sql<LedgerCall[]>`
      select
        calls.task_id as "taskId", calls.provider, calls.operation, calls.sent_at as "sentAt",
        calls.finished_at as "finishedAt", calls.handle,
        calls.provider_request_id as "requestId", tasks.parameters ->> 'prompt' as prompt,
        calls.outcome, calls.error_code as "errorCode"
      from private.provider_calls as calls
      left join public.tasks on tasks.id = calls.task_id
      where calls.sent_at is not null
        and coalesce(calls.finished_at, 'infinity') >= ${since}::timestamptz
      order by calls.sent_at
    `;
  } finally {
    await sql.end();
  }
}
