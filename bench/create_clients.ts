import { SignJWT } from "jose";
import type postgres from "postgres";
import { SEED } from "../tools/local/stack/settings.ts";
import { Client } from "./client.ts";
import { functionsUrl, secrets } from "./stack.ts";

const endpoint = { functionsUrl, apiKey: SEED.apiKey };

/** Users with an account and a token each, which Auth itself would take a password's time to make. */
export async function createClients(sql: postgres.Sql, count: number): Promise<Client[]> {
  const users = await sql<{ id: string }[]>`
    insert into auth.users (id, aud, role, email, created_at, updated_at)
    select
      gen_random_uuid(), 'authenticated', 'authenticated', 'bench-' || gen_random_uuid() || '@example.com',
      now(), now()
    from generate_series(1, ${count}::integer)
    returning id
  `;
  return await Promise.all(
    users.map(async ({ id }) => new Client(endpoint, id, await signToken(id))),
  );
}

async function signToken(userId: string): Promise<string> {
  return await new SignJWT({ role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secrets.jwtSecret));
}
