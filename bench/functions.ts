import { fileURLToPath } from "node:url";
import { databaseUrl } from "../tools/local/stack/database.ts";
import { ports, projectUrl, secrets } from "./stack.ts";
import { OVERRIDES } from "./stack_settings.ts";

export const FUNCTION_NAMES = ["generation", "tasks-status", "worker"] as const;

/** The least a function can be, and then each of ours by its name. */
export const scripts = [
  pathOf("empty_function.ts"),
  ...FUNCTION_NAMES.map((name) => pathOf(`../supabase/functions/${name}/index.ts`)),
];

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** What a function needs to start outside of the stack. */
export function functionSettings(): Record<string, string> {
  return {
    ...OVERRIDES,
    SUPABASE_URL: projectUrl,
    SUPABASE_DB_URL: databaseUrl(ports.database, secrets.databasePassword),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    JWT_SECRET: secrets.jwtSecret,
    WORKER_SECRET: secrets.workerSecret,
  };
}
