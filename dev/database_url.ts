import { environmentOfRunningStack } from "./running_stack.ts";

/** The database to work on: the one that DATABASE_URL names, else that of the running stack. */
export async function databaseUrl(port: number): Promise<string> {
  const own = Deno.env.get("DATABASE_URL");
  return own ?? (await environmentOfRunningStack(port))["DATABASE_URL"] ?? "";
}
