import { join } from "node:path";
import postgres from "postgres";
import { extract } from "tar";
import type { CertificatePair } from "../../../testing/certificates.ts";
import { postgresUser } from "./postgres_user.ts";
import { run } from "./run.ts";
import { Service, type ServiceHost } from "./service.ts";

export interface PostgresOptions {
  /** Folder of the server's binaries. */
  readonly binaries: string;
  /** Archives with the files of extensions. */
  readonly extensions: readonly string[];
  readonly dataFolder: string;
  readonly host: ServiceHost;
  readonly port: number;
  /** Of the superuser `supabase_admin`, named as on the platform. */
  readonly password: string;
  /** What it offers TLS with. */
  readonly tls: CertificatePair;
}

/** A real Postgres server, with the extensions pgmq and pgTAP at hand. */
export async function createPostgres(options: PostgresOptions): Promise<Service> {
  const { binaries, extensions, dataFolder, host, port, password, tls } = options;
  await addExtensions(binaries, extensions);
  await initialize(options);
  await writeCertificate(dataFolder, tls);
  await writeFile(join(dataFolder, "pg_hba.conf"), ACCESS);
  return new Service({
    name: "postgres",
    program: join(binaries, "bin/postgres"),
    args: [
      ["-D", dataFolder],
      ["-p", String(port)],
      ["-c", "listen_addresses=127.0.0.1"],
      ["-c", "unix_socket_directories="],
      ["-c", "max_connections=200"],
      ["-c", "ssl=on"],
    ].flat(),
    cwd: dataFolder,
    ...postgresUser(),
    // Ends connections and shuts down at once; the gentler signals wait for them.
    stopSignal: "SIGINT",
    host,
    isReady: () => acceptsConnections(adminUrl(port, password)),
  });
}

/** Address of the database for the superuser. */
export function adminUrl(port: number, password: string): string {
  return `postgres://supabase_admin:${password}@127.0.0.1:${port}/postgres`;
}

/** Both are SQL only: control file and scripts in the server's extension folder are all it takes. */
async function addExtensions(binaries: string, archives: readonly string[]): Promise<void> {
  if (await exists(join(binaries, "share/postgresql/extension/pgtap.control"))) return;
  for (const file of archives) await extract({ file, cwd: binaries });
}

async function initialize({ binaries, dataFolder, password }: PostgresOptions): Promise<void> {
  if (await exists(join(dataFolder, "initialized"))) return;
  // Without that last file an earlier start broke off half-way: there is nothing in it to keep.
  await Deno.remove(dataFolder, { recursive: true }).catch(() => {});
  await Deno.mkdir(dataFolder, { recursive: true, mode: 0o700 });

  const user = postgresUser();
  const passwordFile = await Deno.makeTempFile();
  await Deno.writeTextFile(passwordFile, password);
  if (user) {
    await Deno.chown(dataFolder, user.uid, user.gid);
    await Deno.chown(passwordFile, user.uid, user.gid);
  }
  try {
    await run(
      join(binaries, "bin/initdb"),
      [
        `--pgdata=${dataFolder}`,
        "--username=supabase_admin",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
      ],
      { cwd: dataFolder, ...user },
    );
  } finally {
    await Deno.remove(passwordFile);
  }
  await Deno.writeTextFile(join(dataFolder, "initialized"), "");
}

/**
 * The project's own role comes encrypted or not at all, as with "Enforce SSL" of the platform. The
 * others are the platform's services, which come from within.
 */
const ACCESS = [
  "hostssl all postgres all scram-sha-256",
  "host all postgres all reject",
  "host all all all scram-sha-256",
  "",
].join("\n");

/** Under the names that the server looks for. The key must be its user's, and nobody else's to read. */
async function writeCertificate(dataFolder: string, tls: CertificatePair): Promise<void> {
  const files = { "server.crt": tls.certificate, "server.key": tls.key };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dataFolder, name), text);
}

/** For the server's user alone. */
async function writeFile(file: string, text: string): Promise<void> {
  const user = postgresUser();
  await Deno.writeTextFile(file, text, { mode: 0o600 });
  if (user) await Deno.chown(file, user.uid, user.gid);
}

/** Whether the stack of this folder has a database. */
export async function isInitialized(stackFolder: string): Promise<boolean> {
  return await exists(join(dataFolderOf(stackFolder), "initialized"));
}

/** Where the stack of this folder keeps its database. */
export function dataFolderOf(stackFolder: string): string {
  return join(stackFolder, "postgres");
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(
    () => true,
    () => false,
  );
}

/** Whether the Postgres at a URL answers a query. */
export async function acceptsConnections(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 1, fetch_types: false });
  try {
    await sql`select`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 0 });
  }
}
