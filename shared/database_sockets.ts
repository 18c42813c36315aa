import type { DatabaseUrl } from "./database.ts";
import { DatabaseSocket } from "./database_socket.ts";
import { readTls } from "./database_tls.ts";

interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
}

export interface Sockets {
  /** The address without what concerns TLS, for postgres.js. */
  readonly url: string;
  /** Options of postgres.js. */
  readonly options: {
    socket(address: Address): DatabaseSocket;
    /** Its own TLS, which does not work on the platform's Deno; the sockets see to it. */
    readonly ssl: false;
  };
  /** Ends all of them at once, and opens no more. */
  destroy(): void;
}

/**
 * The sockets of a client of postgres.js, which speak TLS wherever the server does. It says goodbye when
 * it ends them, and waits for the other side to do the same, who may be gone.
 *
 * @param onClearText Told when the server's certificate cannot be checked and clear text is used instead.
 */
export function createSockets(
  { url, ca }: Pick<DatabaseUrl, "url" | "ca">,
  onClearText: (reason: string) => void,
): Sockets {
  const tls = readTls(url, ca);
  const sockets = new Set<DatabaseSocket>();
  let isEnded = false;

  function open({ host: [host = ""], port: [port = 5432] }: Address): DatabaseSocket {
    // As postgres.js calls it where it notices by itself.
    if (isEnded) {
      throw Object.assign(new Error("The client has ended"), { code: "CONNECTION_ENDED" });
    }
    for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
    const socket = new DatabaseSocket({ host, port }, { rules: tls.rules, onClearText });
    sockets.add(socket);
    return socket;
  }

  return {
    url: tls.url,
    options: { socket: open, ssl: false },
    destroy() {
      isEnded = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
