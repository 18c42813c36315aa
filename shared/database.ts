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
