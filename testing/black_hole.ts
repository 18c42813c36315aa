export interface BlackHole {
  readonly port: number;
  /** Whether connections made from now on are swallowed, too. */
  swallowsNew: boolean;
  /** How many connections have been made, and how many of them the client has ended. */
  readonly made: number;
  readonly ended: number;
  /** From now on nothing passes on the connections there are, and no end of them is told. */
  swallow(): void;
}

/**
 * Stands between a client and a server for the time of one test, and can become a network that loses
 * everything without a word.
 *
 * @param serverPort Where the server is; undefined if everything is swallowed from the start.
 */
export async function withBlackHole(
  serverPort: number | undefined,
  test: (hole: BlackHole) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let swallowed = new Set<Deno.Conn>();
  const hole = {
    port: listener.addr.port,
    swallowsNew: serverPort === undefined,
    made: 0,
    ended: 0,
    swallow: () => void (swallowed = new Set(open)),
  };

  async function pump(from: Deno.Conn, to: Deno.Conn | undefined): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
      if (!to || swallowed.has(from)) continue;
      for (let rest = buffer.subarray(0, count); rest.length > 0;) {
        rest = rest.subarray(await to.write(rest));
      }
    }
  }

  async function serve(client: Deno.Conn): Promise<void> {
    hole.made++;
    open.add(client);
    const swallows = hole.swallowsNew || serverPort === undefined;
    const server = swallows ? undefined : await Deno.connect({ port: serverPort });
    if (server) {
      open.add(server);
      const answers = pump(server, client).catch(() => {});
      answers.then(() => swallowed.has(client) || close(client));
    }
    await pump(client, server).catch(() => {});
    hole.ended++;
    if (server && !swallowed.has(client)) close(server);
  }

  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) serving.push(serve(client));
  })();
  try {
    await test(hole);
  } finally {
    listener.close();
    for (const side of open) close(side);
    await Promise.all([accepting, ...serving]);
  }
}

function close(side: Deno.Conn): void {
  try {
    side.close();
  } catch {
    // Closed already.
  }
}
