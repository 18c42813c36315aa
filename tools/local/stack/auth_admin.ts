import type { Context } from "hono";
import postgres from "postgres";

/**
 * `DELETE /auth/v1/admin/users/{id}` as Auth on the platform answers it: the local Auth has no admin API.
 *
 * @param databaseUrl Of a role that may delete users.
 */
export async function deleteUser(
  c: Context,
  { secretKey, databaseUrl }: { readonly secretKey: string; readonly databaseUrl: string },
): Promise<Response> {
  if (c.req.header("apikey") !== secretKey) {
    return c.json({ code: 403, error_code: "not_admin", msg: "User not allowed" }, 403);
  }
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const deleted = await sql`
      delete from auth.users where id::text = ${c.req.param("id") ?? ""}
    `;
    if (deleted.count > 0) return c.json({});
    return c.json({ code: 404, error_code: "user_not_found", msg: "User not found" }, 404);
  } finally {
    await sql.end();
  }
}
