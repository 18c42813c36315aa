import type postgres from "postgres";
import type { Purchase } from "../../faults/simulator_control.ts";
import type { MarkedRequest } from "./requests.ts";

export interface Call {
  readonly outcome: "succeeded" | "failed" | "ambiguous" | null;
  readonly handle: string | null;
}

/** What has become of a task, and what was bought for it. */
export interface TaskOutcome {
  readonly id: string;
  readonly clientTaskId: string;
  readonly provider: string;
  readonly status: string;
  readonly errorCode: string | null;
  readonly assetUrls: readonly string[];
  readonly assets: readonly { readonly status: string; readonly url: string | null }[];
  readonly files: number;
  readonly calls: readonly Call[];
  readonly finishedAt: Date | null;
  /** Its provider is still at it, though it has ended here. */
  readonly windsDown: boolean;
  readonly purchases: readonly Purchase[];
}

/** Of the seed's and the test's users alike: whatever is in the database. */
export async function readOutcomes(
  sql: postgres.Sql,
  requests: readonly MarkedRequest[],
  purchases: readonly Purchase[],
): Promise<TaskOutcome[]> {
  const bought = Map.groupBy(purchases, markOf);
  const marks = new Map(requests.map(({ clientTaskId, mark }) => [clientTaskId, mark]));
  const rows = await sql<Omit<TaskOutcome, "purchases">[]>`
    select
      id, client_task_id as "clientTaskId", provider, status, error_code as "errorCode",
      asset_urls as "assetUrls", finished_at as "finishedAt",
      winds_down as "windsDown",
      (
        select coalesce(jsonb_agg(jsonb_build_object('status', status, 'url', asset_url)), '[]')
        from (
          select status, asset_url from public.concept_images where celery_task_id = tasks.id
          union all
          select status, asset_url from public.models where celery_task_id = tasks.id
        ) as assets
      ) as assets,
      (
        select count(*)::integer from storage.objects
        where bucket_id = 'generated' and split_part(name, '/', 3) = tasks.id::text
          and name not like '%/0.preview.%'
      ) as files,
      (
        select coalesce(
          jsonb_agg(jsonb_build_object('outcome', outcome, 'handle', handle) order by attempt), '[]'
        )
        from private.provider_calls where task_id = tasks.id
      ) as calls
    from public.tasks
  `;
  return rows.map((row) => ({
    ...row,
    purchases: bought.get(marks.get(row.clientTaskId) ?? "") ?? [],
  }));
}

/** What tells the purchases of one task from all others: the prompt, or the hash of the picture. */
export function markOf({ request }: Purchase): string {
  const { prompt, input } = request;
  if (typeof prompt === "string") return prompt;
  return String(Reflect.get(Object(input), "sha256"));
}

export function countOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
