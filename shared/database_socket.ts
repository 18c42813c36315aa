import { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import type { TlsRules } from "./database_tls.ts";
import { type DatabaseHost, openTransport, readSome, writeAll } from "./database_transport.ts";

export interface SocketOptions {
  readonly rules: TlsRules;
  /** Told when the server's certificate cannot be checked and clear text is used instead. */
  onClearText(reason: string): void;
}

/**
 * A socket of postgres.js, as of `node:net`, that speaks TLS by itself. It connects when it is first
 * written to: postgres.js takes a socket of ours for connected, and would not bear one that fails before.
 */
export class DatabaseSocket extends Duplex {
  readonly #database: DatabaseHost;
  readonly #options: SocketOptions;
  /** The connection that there is, as soon as there is one: to be closed with this socket. */
  #held: Deno.Conn | undefined;
  /** The connection once it is protected. */
  #connection: Deno.Conn | undefined;
  #opened: Promise<Deno.Conn> | undefined;
  #isReading = false;
  /** For one read after the other: new memory for each would have to be cleared each time. */
  readonly #memory = new Uint8Array(65_536);

  constructor(database: DatabaseHost, options: SocketOptions) {
    // A server that has ended the connection gets no more words.
    super({ allowHalfOpen: false, emitClose: false });
    this.#database = database;
    this.#options = options;
  }

  /** postgres.js says goodbye on open sockets only, and waits for the end of those not closed. */
  get readyState(): string {
    return this.destroyed ? "closed" : "open";
  }

  override _write(
    chunk: Uint8Array,
    _encoding: string,
    done: (error?: Error | null) => void,
  ): void {
    this.#open()
      .then((connection) => writeAll(connection, chunk))
      .then(() => done(), done);
  }

  override _read(): void {
    if (this.#connection && !this.#isReading) this.#readFrom(this.#connection);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    close(this.#held);
    // After the error. With what the sockets of `node:net` tell, by which postgres.js makes its pauses.
    // After what postgres.js was about to write, too: what is still to be written when it hears of the
    // end keeps this connection, version 3.4.9, from writing anything when it is made again.
    setImmediate(() => this.emit("close", error !== null));
    done(error);
  }

  #open(): Promise<Deno.Conn> {
    this.#opened ??= this.#connect();
    return this.#opened;
  }

  async #connect(): Promise<Deno.Conn> {
    const { rules, onClearText } = this.#options;
    const { connection, refusedCertificate } = await openTransport(
      this.#database,
      rules,
      (opened) => this.#hold(opened),
    );
    if (refusedCertificate !== undefined) onClearText(refusedCertificate);
    this.#connection = connection;
    this.#readFrom(connection);
    return connection;
  }

  #hold(connection: Deno.Conn): void {
    close(this.#held);
    this.#held = connection;
    // It was destroyed meanwhile.
    if (this.destroyed) close(connection);
  }

  async #readFrom(connection: Deno.Conn): Promise<void> {
    this.#isReading = true;
    try {
      let wantsMore = true;
      while (wantsMore) {
        const bytes = await readSome(connection, this.#memory);
        if (this.destroyed) return;
        wantsMore = this.push(bytes ?? null) && bytes !== undefined;
      }
    } catch (error) {
      // What is destroyed knows why.
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#isReading = false;
    }
  }
}

function close(connection: Deno.Conn | undefined): void {
  try {
    connection?.close();
  } catch {
    // Closed already, or given over to TLS.
  }
}
