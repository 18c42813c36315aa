import { decodeJwt, SignJWT } from "jose";
import postgres from "postgres";
import { z } from "zod";
import { readAppMetadata } from "./app_metadata.ts";

const session = z.looseObject({ access_token: z.string() });

/**
 * Puts `app_metadata` into the token of a session that the local Auth has answered, as the platform's
 * does: the local one leaves it out, and an app could not try plans.
 */
export async function withAppMetadata(
  response: Response,
  { jwtSecret, databaseUrl }: { readonly jwtSecret: string; readonly databaseUrl: string },
): Promise<Response> {
  const answer = session.safeParse(await response.clone().json().catch(() => undefined));
  if (!answer.success) return response;
  const claims = decodeJwt(answer.data.access_token);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const app_metadata = await readAppMetadata(sql, claims.sub ?? "") ?? {};
    const access_token = await new SignJWT({ ...claims, app_metadata })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .sign(new TextEncoder().encode(jwtSecret));
    const headers = new Headers(response.headers);
    headers.delete("content-length");
    return Response.json({ ...answer.data, access_token }, { status: response.status, headers });
  } finally {
    await sql.end();
  }
}
