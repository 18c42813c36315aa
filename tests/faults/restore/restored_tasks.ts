import type postgres from "postgres";
import { markOf } from "../../soak/chaos/outcomes.ts";
import type { MarkedRequest } from "../../soak/chaos/requests.ts";
import type { Purchase } from "../simulator_control.ts";

/** Where a task was at the moment of the backup, as docs/operations.md tells them apart. */
export type Moment = "waiting" | "looked for" | "called for" | "accepted" | "over";

export interface RestoredTask {
  readonly id: string;
  readonly provider: string;
  readonly clientTaskId: string;
  readonly moment: Moment;
  /** How often the ledger says that something was sent which may be billed. */
  readonly sent: number;
}

export async function readRestored(sql: postgres.Sql): Promise<readonly RestoredTask[]> {
  return await sql<RestoredTask[]>`
    select
      tasks.id, tasks.provider, client_task_id as "clientTaskId",
      case
        when tasks.finished_at is not null and not winds_down then 'over'
        when tasks.handle is not null then 'accepted'
        when sent_at is not null and mark is not null then 'looked for'
        when sent_at is not null then 'called for'
        else 'waiting'
      end as moment,
      (
        select count(*)::integer from private.provider_calls
        where task_id = tasks.id and provider_calls.sent_at is not null
      ) as sent
    from public.tasks
    left join private.provider_calls as calls on calls.task_id = tasks.id and outcome is null
  `;
}

/** How often something was bought for each request, by its client's id. */
export function countPurchases(
  requests: readonly MarkedRequest[],
  purchases: readonly Purchase[],
): ReadonlyMap<string, number> {
  const bought = Map.groupBy(purchases, markOf);
  return new Map(
    requests.map(({ clientTaskId, mark }) => [clientTaskId, bought.get(mark)?.length ?? 0]),
  );
}
