import { dirname, join } from "node:path";
import postgres from "postgres";
import { repository } from "./folders.ts";
import { adminUrl } from "./postgres_server.ts";
import { run } from "./run.ts";

/**
 * Address of the database for the role the platform gives a project: `postgres`, no superuser. The server
 * takes it by TLS only.
 */
export function databaseUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=require`;
}

/** Address of the database for Auth, Data API and Storage. */
export function servicesUrl(port: number, password: string): string {
  return `postgres://supabase_services:${password}@127.0.0.1:${port}/postgres`;
}

/** Makes a new database look as on the platform: roles, extensions, owners. Does nothing later on. */
export async function bootstrapDatabase(port: number, password: string): Promise<void> {
  const sql = postgres(adminUrl(port, password), { max: 1, onnotice: () => {} });
  try {
    const roles = await sql`select from pg_roles where rolname = 'postgres'`;
    if (roles.length > 0) return;
    const file = new URL("bootstrap.sql", import.meta.url);
    await sql.begin(async (transaction) => {
      await transaction.unsafe(await Deno.readTextFile(file)).simple();
      for (const role of ["postgres", "authenticator", "supabase_services"]) {
        await transaction.unsafe(`alter role ${role} password '${password}'`);
      }
    });
  } finally {
    await sql.end();
  }
}

/** What the API roles may do in Storage on the platform; its policies decide on each file. */
export async function grantStorage(port: number, password: string): Promise<void> {
  const sql = postgres(adminUrl(port, password), { max: 1 });
  try {
    await sql`grant usage on schema storage to anon, authenticated, service_role`;
    await sql`
      grant select, insert, update, delete on storage.objects, storage.buckets
      to anon, authenticated, service_role
    `;
  } finally {
    await sql.end();
  }
}

/**
 * Applies what is pending of `supabase/migrations` with the official CLI, then the seed, once.
 *
 * @param checkout Whose migrations and seed.
 */
export async function migrate(
  supabase: string,
  url: string,
  checkout: string = repository,
): Promise<void> {
  if (!await isMigrated(url, checkout)) {
    await run(supabase, ["db", "push", "--yes", `--remote=${url}`], {
      cwd: checkout,
      // A tool of development needs no telemetry, and no folder in the person's home.
      env: { DO_NOT_TRACK: "1", SUPABASE_HOME: join(dirname(supabase), "home") },
    });
  }
  await seed(url, checkout);
}

/** Has rows name results by the address that the project has now, where it had another before. */
export async function moveResults(url: string, projectUrl: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  try {
    // The migrations of an earlier version have no such function.
    const [name] = await sql`select from pg_proc where proname = 'move_results'`;
    if (name) await sql`select private.move_results(${projectUrl})`;
  } finally {
    await sql.end();
  }
}

/** The seed refuses a database that is not said to be a local one. */
async function seed(url: string, checkout: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const keys = await sql`select from private.api_keys limit 1`;
    if (keys.length > 0) return;
    const text = await Deno.readTextFile(join(checkout, "supabase/seed.sql"));
    await sql.begin(async (transaction) => {
      await transaction`select set_config('makeit3d.is_local', 'yes', true)`;
      await transaction.unsafe(text);
    });
  } finally {
    await sql.end();
  }
}

/** Asked first because the CLI takes more than a second to say that nothing is to be done. */
async function isMigrated(url: string, checkout: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql<{ version: string }[]>`
      select version from supabase_migrations.schema_migrations
    `;
    const applied = new Set(rows.map(({ version }) => version));
    const files = [...Deno.readDirSync(join(checkout, "supabase/migrations"))];
    return files.every(({ name }) => applied.has(name.split("_")[0] ?? ""));
  } catch {
    return false; // what is asked for is not there yet
  } finally {
    await sql.end();
  }
}
