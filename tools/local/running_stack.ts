import { taskCommand } from "../command_line.ts";
import { databaseUrl } from "./stack/database.ts";
import { environmentOf, isForApps } from "./stack/environment.ts";
import { foldersOf } from "./stack/folders.ts";
import { findPublicUrl, findStarter } from "./stack/leftovers.ts";
import { loadSecrets, portsFrom, type Secrets } from "./stack/settings.ts";

/** The environment of the stack that runs on a port. Throws an error that says how to start one. */
export async function environmentOfRunningStack(port: number): Promise<Record<string, string>> {
  return environmentOf(portsFrom(port), await secretsOfRunningStack(port));
}

/** What may be built into an app: no secret, and the address by which its phones reach the stack. */
export async function appEnvironmentOfRunningStack(port: number): Promise<Record<string, string>> {
  const environment = await environmentOfRunningStack(port);
  const publicUrl = await findPublicUrl(foldersOf(port).stack);
  const open = Object.entries(environment).filter(([name]) => isForApps(name));
  return { ...Object.fromEntries(open), ...(publicUrl && { SUPABASE_URL: publicUrl }) };
}

async function secretsOfRunningStack(port: number): Promise<Secrets> {
  const { stack } = foldersOf(port);
  if ((await findStarter(stack)) === undefined) {
    throw new Error(
      `No stack is running on port ${port}. Start one with: ${taskCommand("dev")} --port ${port}`,
    );
  }
  return await loadSecrets(stack);
}

/**
 * The settings of the running stack's database, as a function has them.
 *
 * @param urlOf The address for another role than a function's.
 */
export async function databaseOfRunningStack(
  port: number,
  urlOf: typeof databaseUrl = databaseUrl,
): Promise<Record<string, string>> {
  const { databasePassword, databaseTls } = await secretsOfRunningStack(port);
  return {
    DATABASE_URL: urlOf(portsFrom(port).database, databasePassword),
    DATABASE_CA: databaseTls.root,
  };
}
