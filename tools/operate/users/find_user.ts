import type postgres from "postgres";

/** A user as Auth knows them. */
export interface FoundUser {
  readonly id: string;
  /** Anonymous users have none. */
  readonly email: string | null;
}

/**
 * Finds the user that an operator means, by id or by e-mail address in any case. Throws an error that
 * says what to do if there is none, or more than one: single sign-on may give an address again.
 */
export async function findUser(sql: postgres.Sql, idOrEmail: string): Promise<FoundUser> {
  const users = await sql<FoundUser[]>`
    select id, email
    from auth.users
    where id::text = lower(${idOrEmail}) or lower(email) = lower(${idOrEmail})
  `;
  const [user, ...others] = users;
  if (!user) throw new Error(`No user has the id or e-mail address ${idOrEmail}`);
  if (others.length > 0) {
    const ids = users.map(({ id }) => id).join(", ");
    throw new Error(`Several users have the e-mail address ${idOrEmail}. Name one by id: ${ids}`);
  }
  return user;
}

/** How a user is shown to an operator. */
export function nameOf({ id, email }: FoundUser): string {
  return email ? `${email} (${id})` : id;
}
