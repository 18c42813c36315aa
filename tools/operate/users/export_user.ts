import { join } from "node:path";
import type postgres from "postgres";
import { assetUrl } from "../../../shared/storage/asset_url.ts";
import { findUser, nameOf } from "./find_user.ts";
import type { ProjectStorage } from "./project_storage.ts";

/** A file of the user, and where the export has it. */
export interface ExportedFile {
  readonly bucket: string;
  readonly name: string;
  /** Within the folder; left out where the file could not be read. */
  readonly file?: string;
  readonly problem?: string;
}

/**
 * Writes what there is of a user into a new folder: `data.json` with the user, the rows of all tables
 * that apps read, with what was asked for, and the names of the files, which stand beside it. Returns
 * what was done.
 */
export async function exportUser(
  sql: postgres.Sql,
  storage: ProjectStorage,
  idOrEmail: string,
  folder?: string,
): Promise<string> {
  const user = await findUser(sql, idOrEmail);
  const to = folder ?? `export-${user.id}`;
  // Never over what is there. It is for the user alone.
  await Deno.mkdir(to, { mode: 0o700 });
  const rows = await readRows(sql, user.id);
  const files = await saveFiles(sql, storage, user.id, to);
  const [account] = await sql<{ account: unknown }[]>`
    select jsonb_build_object(
      'id', id, 'email', email, 'phone', to_jsonb(users) -> 'phone',
      'created_at', to_jsonb(users) -> 'created_at',
      'last_sign_in_at', to_jsonb(users) -> 'last_sign_in_at',
      'user_metadata', to_jsonb(users) -> 'raw_user_meta_data'
    ) as account
    from auth.users where id = ${user.id}::uuid
  `;
  const data = { exported_at: new Date().toISOString(), user: account?.account, ...rows, files };
  await Deno.writeTextFile(join(to, "data.json"), JSON.stringify(data, null, 2) + "\n", {
    mode: 0o600,
  });
  const missing = files.filter(({ problem }) => problem !== undefined).length;
  const counts = Object.entries(rows).map(([table, { length }]) => `${length} ${table}`).join(", ");
  return `Exported ${nameOf(user)} to ${to}: ${counts}, ${files.length - missing} files` +
    (missing > 0 ? `\n${missing} files could not be read: data.json says why` : "");
}

/** The user's rows of every table that apps can reach, by table. */
async function readRows(
  sql: postgres.Sql,
  userId: string,
): Promise<Record<string, readonly unknown[]>> {
  const tables = await sql<{ name: string }[]>`
    select columns.table_name as name
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and column_name = 'user_id' and table_type = 'BASE TABLE'
    order by 1
  `;
  const rows: Record<string, readonly unknown[]> = {};
  for (const { name } of tables) {
    const found = await sql<{ row: unknown }[]>`
      select to_jsonb(r) as row from public.${sql(name)} as r
      where user_id = ${userId}::uuid and coalesce(to_jsonb(r) ->> 'is_purged', '') <> 'true'
      order by to_jsonb(r) ->> 'created_at'
    `;
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

/** Saves the files under numbers: their names may be anything, also what no disk takes. */
async function saveFiles(
  sql: postgres.Sql,
  storage: ProjectStorage,
  userId: string,
  to: string,
): Promise<ExportedFile[]> {
  const objects = await sql<{ bucket: string; name: string }[]>`
    select bucket_id as bucket, name from storage.objects
    where name ilike ${`${userId}/%`} order by bucket_id, name
  `;
  const files: ExportedFile[] = [];
  for (const [index, { bucket, name }] of objects.entries()) {
    const [extension = ""] = /\.[a-z0-9]{1,8}$/i.exec(name) ?? [];
    const file = `${String(index + 1).padStart(4, "0")}${extension}`;
    try {
      await saveFile(storage, { bucket, name }, join(to, file));
      files.push({ bucket, name, file });
    } catch (error) {
      files.push({ bucket, name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return files;
}

async function saveFile(
  { supabaseUrl, secretKey }: ProjectStorage,
  { bucket, name }: ExportedFile,
  to: string,
): Promise<void> {
  // On the way such a name would become another's.
  if (name.split("/").some((part) => ["", ".", ".."].includes(part))) {
    throw new Error("No URL can hold this name");
  }
  const response = await fetch(assetUrl(supabaseUrl, { bucket, path: name }, "authenticated"), {
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
  });
  if (!response.ok) {
    throw new Error(`Storage answers ${response.status}: ${await response.text()}`);
  }
  await Deno.writeFile(to, response.body ?? new Uint8Array(), { createNew: true, mode: 0o600 });
}
