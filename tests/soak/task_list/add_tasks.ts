import type postgres from "postgres";

/** Adds tasks that have ended, accepted a second apart until now; ten of a great many are of a rare kind. */
export async function addTasks(sql: postgres.Sql, userId: string, count: number): Promise<number> {
  await sql`
    insert into public.tasks (
      user_id, client_task_id, operation, provider, pool, parameters, output, result_count, status,
      asset_urls, error_code, error, created_at, started_at, finished_at, deadline_at, request_id,
      queue
    )
    select
      ${userId}, gen_random_uuid()::text,
      case when number % 10000 = 0 then 'refine-model' else 'text-to-image' end, 'openai', 'default',
      '{"prompt": "A red cube"}', 'image', 1, status,
      case status when 'complete' then '{https://files.example/0.png}' else '{}' end::text[],
      case status when 'failed' then 'timeout' end, case status when 'failed' then 'Late' end,
      clock_timestamp() - (${count} - number) * interval '1 second', now(), now(), now(), 'request',
      'openai'
    from generate_series(1, ${count}::integer) as number,
      lateral (
        select (array['complete', 'failed', 'complete'])[1 + number % 3] as status
      ) as ends
  `;
  return count;
}
