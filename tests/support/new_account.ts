import { createClient } from "@supabase/supabase-js";
import type { User } from "./client.ts";
import { stack } from "./stack.ts";

/** A user who has signed up as an app's users do. */
export interface Account extends User {
  readonly email: string;
}

export async function newAccount(name: string): Promise<Account> {
  const supabase = createClient(stack.projectUrl, stack.secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const email = `${name}-${crypto.randomUUID()}@tests.example.com`;
  const { data, error } = await supabase.auth.signUp({ email, password: crypto.randomUUID() });
  if (error) throw error;
  if (!data.user || !data.session) throw new Error("No session after a sign-up");
  return { id: data.user.id, token: data.session.access_token, supabase, email };
}
