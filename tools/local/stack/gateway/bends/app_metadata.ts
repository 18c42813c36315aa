import type postgres from "postgres";
import { z } from "zod";

const metadata = z.record(z.string(), z.json());

/** What only a project's server may write of a user, in the user's tokens. */
export type AppMetadata = z.infer<typeof metadata>;

/** Undefined if there is no such user. */
export async function readAppMetadata(
  sql: postgres.Sql,
  userId: string,
): Promise<AppMetadata | undefined> {
  // The local Auth stores it as text in JSON, the platform's as an object.
  const [user] = await sql<{ text: string | null }[]>`
    select case jsonb_typeof(raw_app_meta_data::jsonb)
      when 'string' then raw_app_meta_data::jsonb #>> '{}'
      else raw_app_meta_data::text
    end as text
    from auth.users where id::text = ${userId}
  `;
  return user && metadata.parse(JSON.parse(user.text ?? "{}"));
}
