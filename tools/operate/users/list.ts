import type postgres from "postgres";
import { type Cell, textTable } from "../../text_table.ts";

/** Returns a table of who is refused now: whom operators have blocked, and whom Auth has banned. */
export async function listBlockedUsers(sql: postgres.Sql): Promise<string> {
  const users = await sql<Record<string, Cell>[]>`
    select
      users.id, users.email,
      case when blocked.user_id is null then 'banned in Auth' else 'blocked' end as state,
      blocked.reason, blocked.blocked_at as since,
      coalesce(blocked.blocked_until, nullif(users.banned_until, 'infinity')) as until
    from auth.users
    left join private.blocked_users as blocked
      on blocked.user_id = users.id and coalesce(blocked.blocked_until > now(), true)
    where blocked.user_id is not null or users.banned_until > now()
    order by blocked.blocked_at, users.id
  `;
  return users.length === 0 ? "Nobody is blocked" : textTable(users);
}
