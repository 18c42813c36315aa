import type { Database } from "../database.ts";

/** A user who may ask for nothing now. */
export interface RefusedUser {
  readonly id: string;
  readonly email: string | null;
  readonly state: "blocked" | "banned in Auth";
  /** Why, for operators. */
  readonly reason: string | null;
  readonly since: Date | null;
  /** Null: until somebody ends it. */
  readonly until: Date | null;
}

/**
 * Who is refused now, whom operators have blocked and whom Auth has banned.
 *
 * @param most How many at most; null for all.
 */
export async function readRefusedUsers(
  sql: Database,
  most: number | null,
): Promise<readonly RefusedUser[]> {
  return await sql<RefusedUser[]>`
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
    limit ${most}::bigint
  `;
}
