import { openTransport } from "../../shared/database_transport.ts";
import type { Gate, Passage } from "./gate.ts";
import type { Proxy } from "./http_proxy.ts";
import { type Message, MessageReader, Statements } from "./postgres_messages.ts";

/** A connection of the worker, and ours to the server. */
class Session {
  readonly #gate: Gate;
  readonly #client: Deno.Conn;
  readonly #server: Deno.Conn;
  readonly #statements = new Statements();
  /** The call of one of our functions that is under way. */
  #passage: Passage | undefined;
  /** What the server has answered to it, since it began to run. */
  #held: Message[] = [];

  constructor(gate: Gate, client: Deno.Conn, server: Deno.Conn) {
    this.#gate = gate;
    this.#client = client;
    this.#server = server;
  }

  /** Passes messages on until one side, or the gate, ends it. Never rejects. */
  async run(): Promise<void> {
    const ways = [
      pump(this.#client, new MessageReader(true), (message) => this.#request(message)),
      pump(this.#server, new MessageReader(false), (message) => this.#answer(message)),
    ];
    await Promise.race(ways).catch(() => {});
    this.close();
    await Promise.allSettled(ways);
  }

  close(): void {
    for (const side of [this.#client, this.#server]) {
      try {
        side.close();
      } catch {
        // Closed already.
      }
    }
  }

  async #request(message: Message): Promise<void> {
    const called = this.#statements.read(message);
    if (called !== undefined) {
      this.#passage = this.#gate.begin(called);
      await this.#passage.pass("before");
    }
    await write(this.#server, message.bytes);
  }

  async #answer(message: Message): Promise<void> {
    // Answers to parsing and describing go through: nothing has happened by then.
    const isRunning = message.type === "2" || this.#held.length > 0;
    if (!this.#passage || !isRunning) return await write(this.#client, message.bytes);
    this.#held.push(message);
    if (message.type !== "Z") return;
    await this.#passage.pass("after", this.#held.some(({ type }) => type === "D"));
    for (const { bytes } of this.#held.splice(0)) await write(this.#client, bytes);
    this.#passage = undefined;
  }
}

async function pump(
  from: Deno.Conn,
  reader: MessageReader,
  handle: (message: Message) => Promise<void>,
): Promise<void> {
  for await (const chunk of from.readable) {
    for (const message of reader.read(chunk)) await handle(message);
  }
}

async function write(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

export interface ProxiedServer {
  readonly port: number;
  /** The certificate that the server's is checked with: it takes TLS only. */
  readonly root: string;
}

export interface PostgresProxy extends Proxy {
  /** By which ports the server knows its connections, those that have ended included. */
  readonly clientPorts: readonly number[];
}

/** Stands between a worker, who speaks in clear text, and Postgres: each call passes the gate twice. */
export function startPostgresProxy(gate: Gate, { port, root }: ProxiedServer): PostgresProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const clientPorts: number[] = [];
  const sessions = new Map<Session, Promise<void>>();
  const accepting = (async () => {
    for await (const client of listener) {
      const server = await openTransport(
        { host: "127.0.0.1", port },
        { use: "demanded", roots: [root] },
        ({ localAddr }) => {
          // Told of the same connection again once it is encrypted.
          if (localAddr.transport === "tcp" && !clientPorts.includes(localAddr.port)) {
            clientPorts.push(localAddr.port);
          }
        },
      );
      // Else small messages wait for the acknowledgement of those before.
      client.setNoDelay(true);
      const session = new Session(gate, client, server.connection);
      sessions.set(session, session.run().finally(() => sessions.delete(session)));
    }
  })();
  return {
    port: listener.addr.port,
    clientPorts,
    async stop() {
      listener.close();
      for (const session of sessions.keys()) session.close();
      await Promise.all([...sessions.values(), accepting]);
    },
  };
}
