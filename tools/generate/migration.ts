/** `deno task migration NAME`: writes the next migration from what has changed in supabase/schemas. */
import { main, print, printError } from "../command_line.ts";
import { migration } from "../commands/development_commands.ts";
import { repository } from "../local/stack/folders.ts";
import { writeMigration } from "./schema/write_migration.ts";

await main(migration, async ({ operands: [name = ""] }) => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(
      "Name the migration in lower case with underscores: deno task migration add_note_to_tasks",
    );
  }
  const written = await writeMigration(repository, name, new Date());
  if (!written) {
    return print("supabase/schemas is as it was at the last migration: nothing to do");
  }
  print(`Wrote ${written.path}`);
  for (const object of written.copied) print(`  copied: ${object.split("\n")[0]}`);
  if (written.missing.length === 0) {
    return print("Look at it, then let tests/schemas_test.ts compare both databases.");
  }
  for (const { object, change } of written.missing) {
    printError(`  missing: ${object.split("\n")[0]} ${change}`);
  }
  throw new Error(
    `These changes need statements written by hand, such as "alter table" or "drop function". ` +
      `Put them at the beginning of ${written.path} and run the same command again.`,
  );
});
