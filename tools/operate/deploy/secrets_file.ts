import { parseEnv } from "node:util";
import { z } from "zod";
import { readSettings, workerSecret } from "../../../shared/config.ts";
import { settings as account } from "../../../supabase/functions/account/settings.ts";
import { settings as generation } from "../../../supabase/functions/generation/settings.ts";
import { settings as operator } from "../../../supabase/functions/operator/settings.ts";
import { settings as tasksStatus } from "../../../supabase/functions/tasks-status/settings.ts";
import { settings as worker } from "../../../supabase/functions/worker/settings.ts";

/** What the platform gives every function itself, and lets nobody set. */
const GIVEN = /^SUPABASE_/;

const known = new Set(
  [account, generation, operator, tasksStatus, worker].flatMap(({ shape }) => Object.keys(shape)),
);

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
  readSettings(generation, read);
  readSettings(tasksStatus, read);
  readSettings(worker, read);
  return secrets;
}

/** The secret that whoever wakes the worker sends, of those that open it; undefined if none is set. */
export function sentWorkerSecret(secrets: Readonly<Record<string, string>>): string | undefined {
  const text = secrets["WORKER_SECRET"];
  if (text === undefined) return undefined;
  const [sent] = z.object(workerSecret).parse({ WORKER_SECRET: text }).WORKER_SECRET;
  return sent;
}
