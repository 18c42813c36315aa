import type { NewUser } from "./new_user.ts";
import { withDatabase } from "./stack.ts";

/** Bytes of each file that a user has uploaded. */
export async function uploadsOf({ id }: Pick<NewUser, "id">): Promise<readonly number[]> {
  // The local stack keeps the facts as a string of JSON.
  const rows = await withDatabase((sql) =>
    sql<{ bytes: number }[]>`
      select ((metadata #>> '{}')::jsonb ->> 'size')::integer as bytes
      from storage.objects
      where bucket_id = 'inputs' and name like ${`${id}/%`}
      order by created_at
    `
  );
  return rows.map(({ bytes }) => bytes);
}
