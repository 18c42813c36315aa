import { join } from "node:path";
import { repository } from "../local/stack/folders.ts";
import { run } from "../local/stack/run.ts";

/** Where the generated types are kept. */
export const typesFile = join(repository, "shared/database.types.ts");

/** TypeScript types of our schemas as they are in the database, by the official CLI, formatted. */
export async function generateTypes(supabase: string, databaseUrl: string): Promise<string> {
  const types = await run(
    supabase,
    [
      ["gen", "types", "typescript", `--remote=${databaseUrl}`],
      ["--schema", "public", "--schema", "private"],
    ].flat(),
    { cwd: repository, env: { PGSSLMODE: "disable", DO_NOT_TRACK: "1" } },
  );

  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, types);
    const config = join(repository, "deno.json");
    await run(Deno.execPath(), ["fmt", "--quiet", "--config", config, file]);
    return await Deno.readTextFile(file);
  } finally {
    await Deno.remove(file);
  }
}
