import { DEFAULT_PORT, readPort } from "../../command_line.ts";
import { environmentOfRunningStack } from "../../local/running_stack.ts";
import { usesDatabaseUrl } from "../operated_database.ts";

/** How an operator reaches the project's Storage, past all policies. */
export interface ProjectStorage {
  readonly supabaseUrl: string;
  readonly secretKey: string;
}

/**
 * Of the project whose database DATABASE_URL names, by SUPABASE_URL and SUPABASE_SECRET_KEY, else of the
 * running stack. Throws an error that says what to set.
 */
export async function projectStorage(port: string | undefined): Promise<ProjectStorage> {
  const values = usesDatabaseUrl(port)
    ? Deno.env.toObject()
    : await environmentOfRunningStack(readPort(port) ?? DEFAULT_PORT);
  const [supabaseUrl, secretKey] = [values["SUPABASE_URL"], values["SUPABASE_SECRET_KEY"]];
  if (supabaseUrl && secretKey) return { supabaseUrl, secretKey };
  throw new Error(
    "Files are read through Storage: beside DATABASE_URL, set SUPABASE_URL and SUPABASE_SECRET_KEY " +
      "of the same project",
  );
}
