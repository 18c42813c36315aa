import { Buffer } from "node:buffer";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { TlsRules } from "./database_tls.ts";

export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
}

/** TLS is demanded, and the server does not offer it or is not who it should be. */
export class DatabaseTlsError extends Error {
  override readonly name = "DatabaseTlsError";
  readonly code = "DATABASE_TLS";
}

export interface Transport {
  readonly connection: Deno.Conn;
  /** Why it is in clear text although the server offers TLS; undefined if it does not, or is used. */
  readonly refusedCertificate?: string;
}

/** Told of each connection that is made, so that it can be closed at any time. */
type OnOpen = (connection: Deno.Conn) => void;

/** https://www.postgresql.org/docs/17/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST */
const SSL_REQUEST = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);

/** Connects to the database, by TLS as the rules say. */
export async function openTransport(
  database: DatabaseHost,
  { use, roots }: TlsRules,
  onOpen: OnOpen,
): Promise<Transport> {
  const clear = await connect(database, onOpen);
  if (use === "never") return { connection: clear };
  if (!await offersTls(clear, database)) {
    if (use === "offered") return { connection: clear };
    throw new DatabaseTlsError(
      `The database at ${nameOf(database)} offers no TLS, which DATABASE_CA or sslmode demands`,
    );
  }
  try {
    return { connection: await secure(clear, database, roots, onOpen) };
  } catch (cause) {
    const reason = certificateFault(cause);
    if (reason === undefined) throw cause;
    const refused = `The certificate of the database at ${nameOf(database)} is refused (${reason})`;
    if (use === "demanded") {
      throw new DatabaseTlsError(
        `${refused}: set DATABASE_CA to the root certificate of this database, as PEM`,
        { cause },
      );
    }
    return { connection: await connect(database, onOpen), refusedCertificate: refused };
  }
}

/** To the first of the host's addresses that takes the connection. */
async function connect({ host, port }: DatabaseHost, onOpen: OnOpen): Promise<Deno.TcpConn> {
  const failures: unknown[] = [];
  for (const hostname of await addressesOf(host)) {
    try {
      const connection = await Deno.connect({ hostname, port });
      onOpen(connection);
      // Else small messages wait for the acknowledgement of those before.
      connection.setNoDelay(true);
      connection.setKeepAlive(true);
      return connection;
    } catch (error) {
      failures.push(failureOf(error, { host: hostname, port }));
    }
  }
  throw failures[0] ?? new Error(`No address for ${host}`);
}

/** The same failure, in the words of `node:net`: with the address, which Deno leaves out. */
function failureOf(cause: unknown, address: DatabaseHost): unknown {
  if (!(cause instanceof Error && "code" in cause)) return cause;
  const { code } = cause;
  return Object.assign(new Error(`connect ${code} ${nameOf(address)}`, { cause }), { code });
}

async function addressesOf(host: string): Promise<readonly string[]> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (isIP(bare)) return [bare];
  return (await lookup(bare, { all: true })).map(({ address }) => address);
}

/** Reads one byte and no more: what came with it in clear text would be taken for protected. */
async function offersTls(connection: Deno.TcpConn, database: DatabaseHost): Promise<boolean> {
  await connection.write(SSL_REQUEST);
  const answer = new Uint8Array(1);
  if (await connection.read(answer) === null) {
    throw Object.assign(new Error(`${nameOf(database)} ended the connection`), {
      code: "CONNECTION_CLOSED",
    });
  }
  return answer[0] === "S".charCodeAt(0);
}

async function secure(
  connection: Deno.TcpConn,
  { host }: DatabaseHost,
  roots: readonly string[],
  onOpen: OnOpen,
): Promise<Deno.TlsConn> {
  const hostname = host.replace(/^\[(.*)\]$/, "$1");
  const secured = await Deno.startTls(connection, { hostname, caCerts: [...roots] });
  onOpen(secured);
  await secured.handshake();
  return secured;
}

/** What is wrong with the server's certificate, or with the roots; undefined for any other failure. */
function certificateFault(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  return /certificate|CertificateError|PEM/i.test(message) ? message : undefined;
}

function nameOf({ host, port }: DatabaseHost): string {
  return `${host}:${port}`;
}

/** Writes all of the bytes. */
export async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
}

/** Reads what there is, with the memory for it; undefined at the end. */
export async function readSome(
  connection: Deno.Conn,
  memory: Uint8Array,
): Promise<Buffer | undefined> {
  const count = await connection.read(memory);
  return count === null ? undefined : Buffer.from(memory.subarray(0, count));
}
