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
  const [task] = await sql<{ provider: string; effects: Omit<Effects, "queued" | "archived"> }[]>`
    select
      provider,
      jsonb_build_object(
        'task', status,
        'assets', array(
          select status from public.concept_images where celery_task_id = tasks.id
          union all
          select status from public.models where celery_task_id = tasks.id
        ),
        'calls', array(
          select coalesce(outcome, 'under way') from private.provider_calls
          where task_id = tasks.id order by attempt
        )
      ) as effects
    from public.tasks
    where id = ${id}
  `;
  if (!task) throw new Error(`No task ${id}`);
  const count = async (kind: "q" | "a"): Promise<number> => {
    const [own, polls] = [`${kind}_${task.provider}`, `${kind}_${task.provider}_polls`];
    const [row] = await sql<{ count: number }[]>`
      select count(*)::integer from (
        select message from pgmq.${sql(own)} union all select message from pgmq.${sql(polls)}
      ) as messages
      where message ->> 'task_id' = ${id}
    `;
    return row?.count ?? 0;
  };
  return { ...task.effects, queued: await count("q"), archived: await count("a") };
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
    (sql) => sql`select pgmq.set_vt(queue, message_id, 0) from public.tasks where id = ${id}`,
  );
}
