import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import { stack, withDatabase } from "./stack.ts";

/** A user of whom nobody has submitted anything yet. */
export interface NewUser {
  readonly id: string;
  readonly token: string;
}

/** @param claims What the user's token says beside the usual. */
export async function newUser(claims: Record<string, unknown> = {}): Promise<NewUser> {
  const id = crypto.randomUUID();
  await withDatabase((sql) =>
    sql`
      insert into auth.users (id, aud, role, email, created_at, updated_at)
      values (
        ${id}, 'authenticated', 'authenticated', ${`${id}@tests.example.com`}::text, now(), now()
      )
    `
  );
  return { id, token: await tokenOf(id, claims) };
}

/** A token of a user, as Auth makes it; one that has expired with a time such as "-1h". */
export async function tokenOf(
  id: string,
  claims: Record<string, unknown> = {},
  expires = "1h",
): Promise<string> {
  return await new SignJWT({ role: "authenticated", ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(stack.secrets.jwtSecret));
}

/** Storage and the Data API, as the user's app reaches them. */
export function clientOf({ token }: NewUser): SupabaseClient {
  return createClient(stack.projectUrl, stack.secrets.publishableKey, {
    accessToken: () => Promise.resolve(token),
  });
}

/** How many tasks there are of a user. */
export async function countTasksOf({ id }: Pick<NewUser, "id">): Promise<number> {
  const rows = await withDatabase((sql) => sql`select from public.tasks where user_id = ${id}`);
  return rows.length;
}
