import { SignJWT } from "jose";
import { stack, withDatabase } from "./stack.ts";

/** A user of whom nobody has submitted anything yet. */
export interface NewUser {
  readonly id: string;
  readonly token: string;
}

export async function newUser(): Promise<NewUser> {
  const id = crypto.randomUUID();
  await withDatabase((sql) =>
    sql`
      insert into auth.users (id, aud, role, email, created_at, updated_at)
      values (
        ${id}, 'authenticated', 'authenticated', ${`${id}@tests.example.com`}::text, now(), now()
      )
    `
  );
  const token = await new SignJWT({ role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(stack.secrets.jwtSecret));
  return { id, token };
}
