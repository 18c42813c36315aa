import { Socket } from "node:net";
import postgres from "postgres";
import type { DatabaseUrl } from "./database.ts";

/** A client of postgres.js that can be left even where nothing answers. */
export interface Client {
  readonly sql: postgres.Sql;
  /**
   * Ends the connections: one that is idle at once, one with a statement under way after it, or after
   * that many seconds. May be called again, with fewer. Never rejects.
   */
  close(graceSeconds: number): Promise<void>;
}

/**
 * Statements are parsed and planned once for each connection where no pooler stands between
 * (https://supabase.com/docs/guides/database/connecting-to-postgres).
 */
export function openClient(
  { url, isPooled }: DatabaseUrl,
  functionName: string,
  connections: number,
): Client {
  const sockets = createSockets();
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
  };
  const sql = postgres(url, options);
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

/**
 * Connects when it is first written to. postgres.js takes a socket of ours for connected, and would not
 * bear one that fails before.
 */
class LazySocket extends Socket {
  /** TLS takes the name from here. */
  readonly host: string;
  readonly #port: number;

  constructor(host: string, port: number) {
    super();
    this.host = host;
    this.#port = port;
  }

  override _write(...data: Parameters<Socket["_write"]>): void {
    if (this.pending && !this.connecting) this.connect(this.#port, this.host);
    super._write(...data);
  }
}

interface Sockets {
  open(address: Address): Socket;
  destroy(): void;
}

/**
 * The sockets of a client. It says goodbye when it ends them, and waits for the other side to do the
 * same, who may be gone.
 */
function createSockets(): Sockets {
  const sockets = new Set<Socket>();
  let isEnded = false;
  return {
    open({ host: [host = ""], port: [port = 5432] }) {
      if (isEnded) throw new Error("The client has ended");
      for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
      const socket = new LazySocket(host, port);
      sockets.add(socket);
      return socket;
    },
    destroy() {
      isEnded = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
