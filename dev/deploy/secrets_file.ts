import { parseEnv } from "node:util";
import { readSettings, settings } from "../../shared/config.ts";

/** What the platform gives every function itself, and lets nobody set. */
const GIVEN = /^SUPABASE_/;

const known = new Set(Object.values(settings).flatMap(({ shape }) => Object.keys(shape)));

/**
 * The secrets in the text of an env file; empty ones count as missing. Throws an error that names
 * every one that the functions do not know or would not start with.
 */
export function readSecretsFile(text: string): Record<string, string> {
  const values: Record<string, string | undefined> = parseEnv(text);
  const secrets = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const refused = Object.keys(secrets).filter((name) => GIVEN.test(name) || !known.has(name));
  if (refused.length > 0) {
    throw new Error(`No settings of the functions, or the platform's own: ${refused.join(", ")}`);
  }
  // The platform's own settings stand in for themselves.
  const read = (name: string): string | undefined =>
    secrets[name] ?? (name === "SUPABASE_URL" ? "https://project.supabase.co" : undefined);
  for (const schema of [settings.generation, settings["tasks-status"], settings.worker]) {
    readSettings(schema, read);
  }
  return secrets;
}
