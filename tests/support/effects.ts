import type postgres from "postgres";
import { withDatabase } from "./stack.ts";

/** What a task has left behind, counted in the database. */
export interface Effects {
  readonly task: string;
  readonly assets: readonly string[];
  /** Outcomes of the ledger, in order. */
  readonly calls: readonly string[];
  readonly queued: number;
  readonly archived: number;
}

export async function effectsOf(id: string): Promise<Effects> {
  return await withDatabase((sql) => readEffects(sql, id));
}

async function readEffects(sql: postgres.Sql, id: string): Promise<Effects> {
  const [effects] = await sql<Effects[]>`
    select
      status as task,
      array(
        select status from public.concept_images where celery_task_id = tasks.id order by result_index
      ) as assets,
      array(
        select coalesce(outcome, 'under way') from private.provider_calls
        where task_id = tasks.id order by attempt
      ) as calls,
      (
        select count(*)::integer from pgmq.q_openai where message ->> 'task_id' = tasks.id::text
      ) as queued,
      (
        select count(*)::integer from pgmq.a_openai where message ->> 'task_id' = tasks.id::text
      ) as archived
    from public.tasks
    where id = ${id}
  `;
  if (!effects) throw new Error(`No task ${id}`);
  return effects;
}

/** What a task looks like that was bought once and ended well, with one image. */
export const ONE_COMPLETE_IMAGE: Effects = {
  task: "complete",
  assets: ["complete"],
  calls: ["succeeded"],
  queued: 0,
  archived: 1,
};

/** Makes a message that waits for its next attempt visible now, instead of waiting for it. */
export async function skipDelay(id: string): Promise<void> {
  await withDatabase(
    (sql) => sql`select pgmq.set_vt(provider, message_id, 0) from public.tasks where id = ${id}`,
  );
}
