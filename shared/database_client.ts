import postgres from "postgres";
import type { DatabaseUrl } from "./database.ts";
import { DatabaseSocket, type SocketOptions } from "./database_socket.ts";
import { readTls } from "./database_tls.ts";

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
  { url, isPooled, ca }: DatabaseUrl,
  functionName: string,
  { connections, onClearText = () => {} }: ClientOptions,
): Client {
  const { url: address, rules } = readTls(url, ca);
  const sockets = createSockets({ rules, onClearText });
  const options = {
    max: connections,
    // One statement at a time on each connection: none waits behind a slow one while another connection
    // is free, and the pooler does not answer those that are sent ahead.
    max_pipeline: 0,
    prepare: !isPooled,
    idle_timeout: 20,
    connect_timeout: 5,
    // In seconds. Without it, a database that is back after an outage is found after up to 20.
    backoff: (failures: number) => Math.random() * Math.min(3 ** failures / 100, 1),
    connection: { application_name: `makeit3d-${functionName}` },
    onnotice: () => {},
    socket: sockets.open,
    // Its own, which does not work on the platform's Deno; the sockets see to it.
    ssl: false,
  };
  const sql = postgres(address, options);
  return {
    sql,
    async close(graceSeconds) {
      const ended = sql.end({ timeout: graceSeconds }).catch(() => {});
      if (graceSeconds === 0) sockets.destroy();
      await ended;
      sockets.destroy();
    },
  };
}

interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
}

interface Sockets {
  open(address: Address): DatabaseSocket;
  destroy(): void;
}

/**
 * The sockets of a client. It says goodbye when it ends them, and waits for the other side to do the
 * same, who may be gone.
 */
function createSockets(options: SocketOptions): Sockets {
  const sockets = new Set<DatabaseSocket>();
  let isEnded = false;
  return {
    open({ host: [host = ""], port: [port = 5432] }) {
      if (isEnded) throw new Error("The client has ended");
      for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
      const socket = new DatabaseSocket({ host, port }, options);
      sockets.add(socket);
      return socket;
    },
    destroy() {
      isEnded = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
