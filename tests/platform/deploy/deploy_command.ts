import { repository } from "../../../tools/local/stack/folders.ts";
import { inDatabase } from "../../support/own_database.ts";
import { stack } from "../../support/stack.ts";
import { withHostedDatabase } from "./hosted_database.ts";
import { type PlatformApi, withPlatformApi } from "./platform_api.ts";

/** Of a project that is nowhere. */
export const PROJECT = "abcdefghijklmnopqrst";
export const SECRETS = "WORKER_SECRET=0123456789abcdef\nOPENAI_API_KEY='a key'\nTRIPO_API_KEY=\n";

export interface Project extends PlatformApi {
  readonly database: string;
}

/**
 * The official CLI, a Postgres server and the test stack's functions are the real ones. What would
 * take an account is not: the platform's management API only notes what it is told.
 */
export async function withProject(work: (project: Project) => Promise<void>): Promise<void> {
  await withPlatformApi(async (api) => {
    await withHostedDatabase((database) => work({ ...api, database }));
  });
}

/** Runs `deno task deploy` on the project. */
export async function deploy(
  { profile, database }: Project,
  secrets: string,
  ...options: string[]
): Promise<{ code: number; printed: string }> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, secrets);
  try {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ["task", "deploy", "--project", PROJECT, "--profile", profile, "--database", database],
        ["--functions-url", stack.functionsUrl, "--secrets", relativeTo(repository, file)],
        options,
      ].flat(),
      cwd: repository,
      env: {
        SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}`,
        NO_COLOR: "1",
      },
    }).output();
    const decoder = new TextDecoder();
    return { code, printed: decoder.decode(stdout) + decoder.decode(stderr) };
  } finally {
    await Deno.remove(file);
  }
}

/** As a developer names a file. */
function relativeTo(folder: string, file: string): string {
  return "../".repeat(folder.split("/").filter(Boolean).length) + file.slice(1);
}

/** How many migrations the database has. */
export async function countMigrations(database: string): Promise<number> {
  let count = 0;
  await inDatabase(database, async (sql) => {
    const [row] = await sql<{ exists: boolean }[]>`
      select to_regclass('supabase_migrations.schema_migrations') is not null as exists
    `;
    if (row?.exists) {
      count = (await sql`select from supabase_migrations.schema_migrations`).length;
    }
  });
  return count;
}
