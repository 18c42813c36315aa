/** How a network treats those who want to the database. */
export type Way =
  | "open"
  /** Connections break, and new ones are refused. */
  | "cut"
  /** Connections stay, new ones too, and nothing comes through. */
  | "black hole";

export interface OutageProxy {
  readonly port: number;
  turn(way: Way): void;
  stop(): Promise<void>;
}

/** Stands between workers and Postgres. Connections that fell into the black hole never come back. */
export function startOutageProxy(serverPort: number): OutageProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections = new Map<Deno.TcpConn, { isLost: boolean }>();
  let way: Way = "open";

  async function pass(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    state: { isLost: boolean },
  ): Promise<void> {
    for await (const chunk of from.readable) {
      for (let rest = chunk; !state.isLost && rest.length > 0;) {
        rest = rest.subarray(await to.write(rest));
      }
    }
  }

  async function connect(client: Deno.TcpConn): Promise<void> {
    const state = { isLost: way === "black hole" };
    connections.set(client, state);
    if (way === "cut") return close(client);
    const server = await Deno.connect({ hostname: "127.0.0.1", port: serverPort });
    connections.set(server, state);
    for (const side of [client, server]) side.setNoDelay(true);
    await Promise.race([pass(client, server, state), pass(server, client, state)]).catch(() => {});
    // What is lost is not told of its end either.
    if (state.isLost) return;
    close(client);
    close(server);
  }

  function close(connection: Deno.TcpConn): void {
    connections.delete(connection);
    try {
      connection.close();
    } catch {
      // Closed already.
    }
  }

  const accepting = (async () => {
    for await (const client of listener) connect(client).catch(() => close(client));
  })();
  return {
    port: listener.addr.port,
    turn(next) {
      way = next;
      if (way === "cut") { for (const connection of [...connections.keys()]) close(connection); }
      if (way === "black hole") { for (const state of connections.values()) state.isLost = true; }
    },
    async stop() {
      listener.close();
      for (const connection of [...connections.keys()]) close(connection);
      await accepting;
    },
  };
}
