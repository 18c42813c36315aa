import type postgres from "postgres";
import { LANES, USERS } from "./vocabulary.ts";

/** An operator ends all pauses, one by one: two at once must not wait for one another. */
export async function openLanes(sql: postgres.Sql): Promise<void> {
  for (const { name, pools } of LANES) {
    await sql`
      update private.lanes
      set paused_until = null, rate_limited_until = null, consecutive_failures = 0
      where provider = ${name}
    `;
    for (const pool of pools) {
      await sql`
        update private.pools set rate_limited_until = null
        where provider = ${name} and name = ${pool.name}
      `;
    }
  }
  for (const { id } of USERS) await sql`delete from private.failing_users where user_id = ${id}`;
}

/** Shows the message of a task before its time, or sends a second one. */
export async function disturb(
  sql: postgres.Sql,
  kind: "early" | "double",
  tasks: readonly { readonly id: string }[],
  index: number,
): Promise<void> {
  const task = tasks[index % tasks.length];
  if (!task) return;
  if (kind === "early") {
    await sql`
      select pgmq.set_vt(queue, message_id, 0) from public.tasks where id = ${task.id}
    `;
  } else {
    await sql`
      select pgmq.send(queue, jsonb_build_object('task_id', id))
      from public.tasks where id = ${task.id}
    `;
  }
}
