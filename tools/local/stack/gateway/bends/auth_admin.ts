import type { Context } from "hono";
import postgres from "postgres";
import { z } from "zod";
import { readAppMetadata } from "./app_metadata.ts";

/** What the requests below need. */
interface Access {
  readonly secretKey: string;
  /** Of a role that may change users. */
  readonly databaseUrl: string;
}

/** `DELETE /auth/v1/admin/users/{id}` as Auth on the platform answers it: the local Auth has no admin API. */
export async function deleteUser(c: Context, access: Access): Promise<Response> {
  return await asAdmin(c, access, async (sql, id) => {
    const deleted = await sql`delete from auth.users where id::text = ${id}`;
    return deleted.count > 0 ? c.json({}) : undefined;
  });
}

const newUser = z.object({
  email: z.string(),
  password: z.string(),
  email_confirm: z.literal(true),
});
const signedUp = z.object({ user: z.looseObject({ id: z.uuid() }) });

/**
 * `POST /auth/v1/admin/users`, the same, of a user with a password whose address counts as confirmed: here
 * all do, so it is signed up.
 */
export async function createUser(
  c: Context,
  { secretKey, publishableKey, services }: {
    readonly secretKey: string;
    readonly publishableKey: string;
    /** Where Auth is. */
    readonly services: string;
  },
): Promise<Response> {
  if (c.req.header("apikey") !== secretKey) return notAdmin(c);
  const user = newUser.safeParse(await c.req.json().catch(() => undefined));
  if (!user.success) {
    return c.json({ code: 400, error_code: "bad_json", msg: "Only users with a password" }, 400);
  }
  const { email, password } = user.data;
  const response = await fetch(`${services}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: publishableKey, "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const answer: unknown = await response.json();
  const created = signedUp.safeParse(answer);
  return created.success
    ? c.json(created.data.user)
    : c.json({ code: response.status, msg: JSON.stringify(answer) }, 422);
}

function notAdmin(c: Context): Response {
  return c.json({ code: 403, error_code: "not_admin", msg: "User not allowed" }, 403);
}

const userUpdate = z.strictObject({ app_metadata: z.record(z.string(), z.json()) });

/**
 * `PUT /auth/v1/admin/users/{id}`, the same, of `app_metadata` only: what is named takes the place of what
 * was, null takes it away, and the user's next token says so.
 */
export async function updateUser(c: Context, access: Access): Promise<Response> {
  const update = userUpdate.safeParse(await c.req.json().catch(() => undefined));
  if (!update.success) {
    return c.json({ code: 400, error_code: "bad_json", msg: "Only app_metadata can be set" }, 400);
  }
  return await asAdmin(c, access, async (sql, id) => {
    const before = await readAppMetadata(sql, id);
    if (!before) return undefined;
    const app_metadata = Object.fromEntries(
      Object.entries({ ...before, ...update.data.app_metadata })
        .filter(([, value]) => value !== null),
    );
    await sql`
      update auth.users set raw_app_meta_data = ${sql.json(app_metadata)} where id::text = ${id}
    `;
    return c.json({ id, app_metadata });
  });
}

/** @param work Undefined: there is no such user. */
async function asAdmin(
  c: Context,
  { secretKey, databaseUrl }: Access,
  work: (sql: postgres.Sql, userId: string) => Promise<Response | undefined>,
): Promise<Response> {
  if (c.req.header("apikey") !== secretKey) {
    return notAdmin(c);
  }
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql, c.req.param("id") ?? "") ??
      c.json({ code: 404, error_code: "user_not_found", msg: "User not found" }, 404);
  } finally {
    await sql.end();
  }
}
