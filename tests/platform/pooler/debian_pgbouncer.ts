import { join } from "node:path";
import postgres from "postgres";
import { createSockets } from "../../../shared/database_sockets.ts";
import type { CertificatePair } from "../../../testing/certificates.ts";
import { postgresUser } from "../../../tools/local/stack/postgres_user.ts";
import { Service } from "../../../tools/local/stack/service.ts";
import { stack } from "../../support/stack.ts";

/** Where Debian and Ubuntu put it. */
const PROGRAM = "/usr/sbin/pgbouncer";

/** Whether this machine has a PgBouncer. */
export function hasPgBouncer(): boolean {
  try {
    return Deno.statSync(PROGRAM).isFile;
  } catch {
    return false;
  }
}

export interface PgBouncerOptions {
  readonly port: number;
  /** What it shows to its clients. */
  readonly own: CertificatePair;
}

/** A connection as PgBouncer knows it; `tls` is empty for one in clear text. */
export interface PooledConnection {
  readonly user: string;
  readonly application_name: string;
  readonly tls: string;
}

export interface PgBouncer {
  /** Of the stack's database, through the pool. */
  readonly url: string;
  /** Those to it, and those from it to the server. */
  connections(root: string): Promise<
    Readonly<Record<"clients" | "servers", readonly PooledConnection[]>>
  >;
}

/**
 * The stack's database behind a pool in transaction mode, with TLS on both sides and nothing else, for
 * the time of one test.
 */
export async function withPgBouncer(
  { port, own }: PgBouncerOptions,
  test: (pool: PgBouncer) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "pgbouncer-" });
  const { databasePassword, databaseTls } = stack.secrets;
  const files = {
    "own.crt": own.certificate,
    "own.key": own.key,
    "root.crt": databaseTls.root,
    "users.txt": `"postgres" "${databasePassword}"\n`,
    "pgbouncer.ini": configuration(folder, port),
  };
  const user = postgresUser();
  if (user) await Deno.chown(folder, user.uid, user.gid);
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    await Deno.writeTextFile(file, text, { mode: 0o600 });
    if (user) await Deno.chown(file, user.uid, user.gid);
  }
  const service = new Service({
    name: "pgbouncer",
    program: PROGRAM,
    args: ["--quiet", join(folder, "pgbouncer.ini")],
    cwd: folder,
    ...user,
    stopSignal: "SIGINT",
    host: { logFolder: folder, onSpawn: () => {} },
    isReady: () => takesConnections(port),
  });
  const url = `postgres://postgres:${databasePassword}@127.0.0.1:${port}/postgres`;
  try {
    await service.start();
    await test({ url, connections: (root) => connectionsOf(url, root) });
  } finally {
    await service.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

function configuration(folder: string, port: number): string {
  return [
    "[databases]",
    `postgres = host=127.0.0.1 port=${stack.ports.database} dbname=postgres`,
    "[pgbouncer]",
    `listen_addr = 127.0.0.1`,
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "pool_mode = transaction",
    // Nothing of a session outlives its transaction, as if each came to another server connection.
    "server_reset_query_always = 1",
    "auth_type = scram-sha-256",
    `auth_file = ${join(folder, "users.txt")}`,
    "admin_users = postgres",
    "client_tls_sslmode = require",
    `client_tls_cert_file = ${join(folder, "own.crt")}`,
    `client_tls_key_file = ${join(folder, "own.key")}`,
    "server_tls_sslmode = verify-full",
    `server_tls_ca_file = ${join(folder, "root.crt")}`,
    "",
  ].join("\n");
}

async function takesConnections(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

/** Its console speaks the simple protocol only. */
async function connectionsOf(url: string, ca: string): ReturnType<PgBouncer["connections"]> {
  const address = new URL(url);
  address.pathname = "pgbouncer";
  const sockets = createSockets({ url: address.href, ca }, () => {});
  const sql = postgres(sockets.url, { max: 1, fetch_types: false, ...sockets.options });
  try {
    const [clients, servers] = [
      await sql.unsafe<PooledConnection[]>("show clients").simple(),
      await sql.unsafe<PooledConnection[]>("show servers").simple(),
    ];
    return { clients: [...clients], servers: [...servers] };
  } finally {
    await sql.end();
  }
}
