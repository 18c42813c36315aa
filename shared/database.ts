import postgres from "postgres";

/**
 * Single statements only: what belongs together is one SQL function, one round trip. The client cannot
 * begin a transaction safely with the options below (https://github.com/porsager/postgres/issues/1210).
 */
export interface Database extends Pick<postgres.Sql, "json" | "options"> {
  <Rows extends readonly (object | undefined)[] = postgres.Row[]>(
    statement: TemplateStringsArray,
    ...values: readonly postgres.ParameterOrFragment<never>[]
  ): postgres.PendingQuery<Rows>;
}

export interface DatabaseUrl {
  readonly url: string;
  /** Whether it is that of a pooler in transaction mode, which keeps no prepared statements. */
  readonly isPooled: boolean;
}

/**
 * The one client of an isolate: few connections, given back when idle. Statements are parsed and
 * planned once for each connection where nothing stands between
 * (https://supabase.com/docs/guides/database/connecting-to-postgres).
 */
export function connect({ url, isPooled }: DatabaseUrl, functionName: string): Database {
  const options = {
    max: 4,
    // One statement at a time on each connection: none waits behind a slow one while another connection
    // is free, and the pooler does not answer those that are sent ahead.
    max_pipeline: 0,
    prepare: !isPooled,
    idle_timeout: 20,
    connect_timeout: 10,
    connection: { application_name: `makeit3d-${functionName}` },
    onnotice: () => {},
  };
  return postgres(url, options);
}
