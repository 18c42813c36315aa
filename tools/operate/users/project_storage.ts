import { environmentOfRunningStack } from "../../local/running_stack.ts";

/** How an operator reaches the project's Storage, past all policies. */
export interface ProjectStorage {
  readonly supabaseUrl: string;
  readonly secretKey: string;
}

/**
 * Of the project whose database DATABASE_URL names, by SUPABASE_URL and SUPABASE_SECRET_KEY, else of the
 * running stack. Throws an error that says what to set.
 */
export async function projectStorage(port: number): Promise<ProjectStorage> {
  const isOwn = Deno.env.get("DATABASE_URL") !== undefined;
  const values = isOwn ? Deno.env.toObject() : await environmentOfRunningStack(port);
  const [supabaseUrl, secretKey] = [values["SUPABASE_URL"], values["SUPABASE_SECRET_KEY"]];
  if (supabaseUrl && secretKey) return { supabaseUrl, secretKey };
  throw new Error(
    "Files are read through Storage: beside DATABASE_URL, set SUPABASE_URL and SUPABASE_SECRET_KEY " +
      "of the same project",
  );
}
