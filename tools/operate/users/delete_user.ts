import type postgres from "postgres";
import { sameStackCommand } from "../../command_line.ts";
import { findUser, nameOf } from "./find_user.ts";

/**
 * Deletes a user with everything that there is of them; returns what was done. It may break off
 * anywhere, and goes on when it is called again.
 *
 * @param isSure If not, nothing is deleted, and the text says what would be.
 */
export async function deleteUser(
  sql: postgres.Sql,
  idOrEmail: string,
  isSure: boolean,
): Promise<string> {
  const user = await findUser(sql, idOrEmail);
  const [counts] = await sql<{ tasks: number; unfinished: number; files: number }[]>`
    select
      (select count(*)::integer from public.tasks where user_id = ${user.id}::uuid) as tasks,
      (
        select count(*)::integer from public.tasks
        where user_id = ${user.id}::uuid and finished_at is null
      ) as unfinished,
      (
        select count(*)::integer from storage.objects where name ilike ${`${user.id}/%`}
      ) as files
  `;
  const what =
    `${nameOf(user)}: ${counts?.tasks} tasks, ${counts?.unfinished} of them unfinished, ` +
    `and ${counts?.files} files`;
  if (!isSure) {
    return `This would delete ${what}, for good.\n` +
      `Do it: ${sameStackCommand("users")} delete ${user.id} --yes`;
  }
  // In parts, so that nothing else waits for long.
  for (let isDone = false; !isDone;) {
    const [row] = await sql<{ isDone: boolean }[]>`
      select private.purge_user(${user.id}::uuid) as "isDone"
    `;
    isDone = row?.isDone ?? true;
  }
  await sql`delete from auth.users where id = ${user.id}::uuid`;
  return `Deleted ${what}.\nWorkers remove the files within a minute or so; what providers still ` +
    "work on is booked first. How much is left: select * from private.files_to_remove";
}
