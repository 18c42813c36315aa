import { dirname, join } from "node:path";
import postgres from "postgres";
import { acceptsConnections } from "../../../tools/local/stack/postgres_server.ts";
import { postgresUser } from "../../../tools/local/stack/postgres_user.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { Service } from "../../../tools/local/stack/service.ts";

/** Where Debian and Ubuntu put the servers, each in a folder of its version. */
const SERVERS = "/usr/lib/postgresql";

/** The folder of the newest server on this machine that has a real pg_cron; undefined if none has. */
export function findPgCron(): string | undefined {
  return [...readFolder(SERVERS)]
    .filter(({ name }) => hasPgCron(name))
    .map(({ name }) => join(SERVERS, name))
    .sort()
    .at(-1);
}

/** Whether the server of this version is on this machine, with pg_cron. */
export function hasPgCron(version: string): boolean {
  const files = [...readFolder(join(SERVERS, version, "lib"))];
  return files.some(({ name }) => name === "pg_cron.so");
}

function readFolder(path: string): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync(path)];
  } catch {
    return [];
  }
}

/** Works with a new server that runs pg_cron, as its superuser, and leaves nothing behind. */
export async function withPgCron(
  server: string,
  port: number,
  work: (sql: postgres.Sql, as: (role: string) => postgres.Sql) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "pg-cron-" });
  const user = postgresUser();
  if (user) await Deno.chown(folder, user.uid, user.gid);
  const service = await createServer(server, folder, port);
  const clients: postgres.Sql[] = [];
  const as = (role: string): postgres.Sql => {
    const client = postgres(`postgres://${role}@127.0.0.1:${port}/postgres`, {
      max: 1,
      onnotice: () => {},
    });
    clients.push(client);
    return client;
  };
  try {
    await service.start();
    await work(as("supabase_admin"), as);
  } finally {
    for (const client of clients) await client.end();
    await service.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function createServer(server: string, folder: string, port: number): Promise<Service> {
  const data = join(folder, "data");
  const user = postgresUser();
  await run(
    join(server, "bin/initdb"),
    [
      "--pgdata",
      data,
      "--username=supabase_admin",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
    ],
    { cwd: folder, ...user },
  );
  return new Service({
    name: "postgres with pg_cron",
    program: join(server, "bin/postgres"),
    args: [
      ["-D", data, "-p", String(port)],
      ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ["-c", "shared_preload_libraries=pg_cron", "-c", "cron.host=127.0.0.1"],
    ].flat(),
    cwd: data,
    ...user,
    stopSignal: "SIGINT",
    host: { logFolder: dirname(data), onSpawn: () => {} },
    isReady: () => acceptsConnections(`postgres://supabase_admin@127.0.0.1:${port}/postgres`),
  });
}
