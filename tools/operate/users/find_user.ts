import type postgres from "postgres";

/** A user as Auth knows them. */
export interface FoundUser {
  readonly id: string;
  /** Anonymous users have none. */
  readonly email: string | null;
}

/**
 * Finds the user that an operator means, by id or by e-mail address in any case. Throws an error that
 * says what to do if there is none, or more than one.
 */
export async function findUser(sql: postgres.Sql, idOrEmail: string): Promise<FoundUser> {
  const [user] = await sql<[FoundUser]>`
    select id, email from private.find_user(${idOrEmail}::text)
  `;
  return user;
}

/** How a user is shown to an operator. */
export function nameOf({ id, email }: FoundUser): string {
  return email ? `${email} (${id})` : id;
}
