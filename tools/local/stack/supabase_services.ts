import { join } from "node:path";
import { servicesUrl } from "./database.ts";
import { repository } from "./folders.ts";
import { Service, type ServiceHost } from "./service.ts";
import type { Ports, Secrets } from "./settings.ts";

/** As in the import map, so that the lock file holds it and what it needs. */
const LITE = "npm:@supabase/lite@0.10.0";

export interface SupabaseServicesOptions {
  readonly stackFolder: string;
  readonly host: ServiceHost;
  readonly ports: Ports;
  readonly secrets: Secrets;
}

/** Auth, Data API, Storage and Studio on our Postgres, by `@supabase/lite`. */
export async function createSupabaseServices(options: SupabaseServicesOptions): Promise<Service> {
  const { stackFolder, host, ports } = options;
  const folder = join(stackFolder, "supabase-services");
  const config = join(folder, "config.toml");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(config, configuration(options), { mode: 0o600 });
  return new Service({
    name: "supabase-services",
    program: Deno.execPath(),
    args: [
      ["run", "--quiet", "--allow-all", "--config", join(repository, "deno.json")],
      ["--preload", join(repository, "tools/local/stack/own_home.ts")],
      [LITE, "start", "--config", config],
    ].flat(),
    // Relative paths in its configuration, and its files, are relative to where it runs.
    cwd: folder,
    env: { EXPERIMENTAL_STORAGE: "1", LITE_TELEMETRY: "0", DO_NOT_TRACK: "1" },
    host,
    isReady: () => answers(`http://127.0.0.1:${ports.studio}/auth/v1/health`),
  });
}

function configuration({ ports, secrets }: SupabaseServicesOptions): string {
  return `
project_id = "makeit3d"

[api]
port = ${ports.studio}
schemas = ["public"]

[db]
driver = "postgres"
url = "${servicesUrl(ports.database, secrets.databasePassword)}"

[auth]
enabled = true
jwt_secret = "${secrets.jwtSecret}"
publishable_key = "${secrets.publishableKey}"
secret_key = "${secrets.secretKey}"

[storage]
enabled = true
file_size_limit = "256MiB"
`;
}

/**
 * Storage sets itself up at its first request, and several first ones at once would collide. To be
 * called after the migrations: what the database has then is what the Data API knows.
 */
export async function prepareStorage(ports: Ports, { secretKey }: Secrets): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${ports.studio}/storage/v1/bucket`, {
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
  });
  await response.body?.cancel();
}

/** Whether a server answers at the address, whatever it says. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
