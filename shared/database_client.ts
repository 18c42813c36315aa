import { setImmediate } from "node:timers";
import postgres from "postgres";
import type { DatabaseUrl } from "./database.ts";
import { arrayTypes } from "./database_arrays.ts";
import { createSockets } from "./database_sockets.ts";

/** A client of postgres.js that can be left even where nothing answers. */
export interface Client {
  readonly sql: postgres.Sql;
  /**
   * Ends the connections: one that is idle at once, one with a statement under way after it, or after
   * that many seconds. May be called again, with fewer. Never rejects.
   */
  close(graceSeconds: number): Promise<void>;
}

export interface ClientOptions {
  /** How many connections there may be. */
  readonly connections: number;
  /** Told when the server's certificate cannot be checked and clear text is used instead. */
  readonly onClearText?: (reason: string) => void;
}

/**
 * Statements are parsed and planned once for each connection where no pooler stands between
 * (https://supabase.com/docs/guides/database/connecting-to-postgres).
 */
export function openClient(
  database: DatabaseUrl,
  functionName: string,
  { connections, onClearText = () => {} }: ClientOptions,
): Client {
  const sockets = createSockets(database, onClearText);
  const options = {
    max: connections,
    // One statement at a time on each connection: none waits behind a slow one while another connection
    // is free, and the pooler does not answer those that are sent ahead.
    max_pipeline: 0,
    prepare: !database.isPooled,
    idle_timeout: 20,
    connect_timeout: 5,
    // In seconds. Without it, a database that is back after an outage is found after up to 20.
    backoff: (failures: number) => Math.random() * Math.min(3 ** failures / 100, 1),
    connection: { application_name: `makeit3d-${functionName}` },
    onnotice: () => {},
    fetch_types: false,
    types: arrayTypes,
    ...sockets.options,
  };
  const sql = postgres(sockets.url, options);
  return {
    sql,
    async close(graceSeconds) {
      const ended = sql.end({ timeout: graceSeconds }).catch(() => {});
      if (graceSeconds === 0) sockets.destroy();
      await ended;
      sockets.destroy();
      // postgres.js hears of their ends then, and leaves no timer behind.
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}
