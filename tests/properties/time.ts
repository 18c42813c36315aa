import type postgres from "postgres";
import { QUEUES } from "./vocabulary.ts";

/** All moments that the functions under test keep. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  "public.tasks": [
    ...["created_at", "started_at", "finished_at", "lost_at"],
    ...["deadline_at", "lease_expires_at", "accepted_at"],
  ],
  "private.provider_calls": ["started_at", "sent_at", "finished_at"],
  "private.lanes": ["paused_until", "rate_limited_until", "failing_since"],
  "private.pools": ["rate_limited_until"],
  "private.failing_users": ["failed_at", "paused_until"],
  "private.blocked_users": ["blocked_at", "blocked_until"],
  // When the day began that is counted as the first.
  "public.first_day": ["began_at"],
  "private.poll_pacing": ["next_poll_at", "due_from", "looked_through_at"],
  ...Object.fromEntries(QUEUES.map((queue) => [`pgmq.q_${queue}`, ["vt", "enqueued_at"]])),
};

/** Some worker was in touch all the time: no lease that runs out gets grace. */
export async function keepInTouch(sql: postgres.Sql): Promise<void> {
  await sql`update private.worker_contact set last_contact_at = now(), grace_until = '-infinity'`;
}

/** Time passes: everything is as much older. */
export async function passTime(sql: postgres.Sql, seconds: number): Promise<void> {
  const statements = Object.entries(MOMENTS).map(([table, names]) => {
    const older = names.map((name) => `${name} = ${name} - interval '${seconds} seconds'`);
    return `update ${table} set ${older.join(", ")}`;
  });
  await sql.unsafe(statements.join("; ")).simple();
}
