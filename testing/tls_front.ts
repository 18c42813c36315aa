import { openTransport } from "../shared/database_transport.ts";

/** A server's certificate and private key, as PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsFront {
  readonly port: number;
  /** Connections that were encrypted, and those in clear text. */
  readonly encrypted: number;
  readonly clear: number;
}

export interface TlsFrontOptions {
  /** Without it no TLS is offered. */
  readonly own?: ServerCertificate;
  /** Ends connections in clear text. */
  readonly enforces?: boolean;
  /** Where what is decrypted goes, encrypted anew; undefined: it is sent back. */
  readonly server?: { readonly port: number; readonly root: string };
}

/** The length of a request for TLS, which nothing else that a client begins with has. */
const SSL_REQUEST_LENGTH = 8;

/**
 * Stands before a Postgres, or alone, for the time of one test, and offers TLS as a Postgres does: after
 * a request for it (https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-SSL).
 */
export async function withTlsFront(
  { own, enforces = false, server }: TlsFrontOptions,
  test: (front: TlsFront) => Promise<void>,
): Promise<void> {
  const open = new Set<Deno.Conn>();
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0 });
  const inner = own &&
    Deno.listenTls({ hostname, port: 0, cert: own.certificate, key: own.key });
  const front = { port: listener.addr.port, encrypted: 0, clear: 0 };

  async function dial(port: number): Promise<Deno.Conn> {
    const connection = await Deno.connect({ hostname, port });
    open.add(connection);
    return connection;
  }

  /** Passes on what is not encrypted, or no more. */
  async function serve(client: Deno.Conn, first: Uint8Array): Promise<void> {
    if (!server) {
      await writeAll(client, first);
      return await pump(client, client);
    }
    const { connection } = await openTransport(
      { host: hostname, port: server.port },
      { use: "demanded", roots: [server.root] },
      (connection) => open.add(connection),
    );
    await writeAll(connection, first);
    await both(client, connection);
  }

  async function accept(client: Deno.Conn): Promise<void> {
    open.add(client);
    const first = await read(client);
    if (first?.length !== SSL_REQUEST_LENGTH) return await serveClear(client, first);
    await writeAll(client, new TextEncoder().encode(inner ? "S" : "N"));
    if (!inner) return await serveClear(client, await read(client));
    await both(client, await dial(inner.addr.port));
  }

  async function serveClear(client: Deno.Conn, first: Uint8Array | undefined): Promise<void> {
    if (!first) return;
    front.clear++;
    if (enforces) return close(client);
    await serve(client, first);
  }

  async function acceptEncrypted(client: Deno.Conn): Promise<void> {
    open.add(client);
    const first = await read(client);
    if (!first) return;
    front.encrypted++;
    await serve(client, first);
  }

  const serving: Promise<void>[] = [];
  async function listen(
    from: AsyncIterable<Deno.Conn>,
    handle: (client: Deno.Conn) => Promise<void>,
  ): Promise<void> {
    for await (const client of from) {
      serving.push(handle(client).catch(() => {}).finally(() => close(client)));
    }
  }
  const listening = [listen(listener, accept), ...(inner ? [listen(inner, acceptEncrypted)] : [])];
  try {
    await test(front);
  } finally {
    listener.close();
    inner?.close();
    for (const side of open) close(side);
    await Promise.all([...listening, ...serving]);
  }
}

/** Until one side has ended; then both have. */
async function both(left: Deno.Conn, right: Deno.Conn): Promise<void> {
  const ways = [pump(left, right), pump(right, left)];
  await Promise.race(ways).catch(() => {});
  close(left);
  close(right);
  await Promise.allSettled(ways);
}

async function pump(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  for (let bytes = await read(from); bytes; bytes = await read(from)) await writeAll(to, bytes);
}

async function read(from: Deno.Conn): Promise<Uint8Array | undefined> {
  const buffer = new Uint8Array(65_536);
  const count = await from.read(buffer);
  return count === null ? undefined : buffer.slice(0, count);
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

function close(side: Deno.Conn): void {
  try {
    side.close();
  } catch {
    // Closed already.
  }
}
