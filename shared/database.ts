import postgres from "postgres";

export type Database = postgres.Sql;

/**
 * The one client of an isolate. Fit for the pooler in transaction mode: no prepared statements, few
 * connections, given back when idle (https://supabase.com/docs/guides/database/connecting-to-postgres).
 */
export function connect(url: string, functionName: string): Database {
  return postgres(url, {
    max: 4,
    prepare: false,
    idle_timeout: 20,
    connect_timeout: 10,
    connection: { application_name: `makeit3d-${functionName}` },
    onnotice: () => {},
  });
}

/** For the rest of the transaction: the role and the claims the user's own queries would run under. */
export function actAs(
  transaction: postgres.TransactionSql,
  userId: string,
): postgres.PendingQuery<postgres.Row[]> {
  const claims = JSON.stringify({ sub: userId, role: "authenticated" });
  return transaction`
    select
      set_config('request.jwt.claims', ${claims}, true),
      -- The older form, which the Auth of the local stack reads.
      set_config('request.jwt.claim.sub', ${userId}, true),
      set_config('role', 'authenticated', true)
  `;
}
