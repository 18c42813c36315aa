import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { createFunction } from "../../tools/local/stack/functions.ts";
import { adminUrl } from "../../tools/local/stack/postgres_server.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { Stack } from "../../tools/local/stack/stack.ts";

/** A user of a stack that a test has for itself. */
export interface OwnUser {
  readonly id: string;
  readonly supabase: SupabaseClient;
  /** Asks a function as an app does. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
}

export interface OwnStack {
  readonly sql: postgres.Sql;
  readonly projectUrl: string;
  readonly logFolder: string;
  readonly workerSecret: string;
  signIn(number: 0 | 1): Promise<OwnUser>;
  /** Runs the function of status reads once more, with other settings, and tells where it answers. */
  withStatusFunction(
    overrides: Readonly<Record<string, string>>,
    work: (address: string) => Promise<void>,
  ): Promise<void>;
}

/** Starts a stack with settings of its own for one test, and stops it whatever happens. */
export async function withOwnStack(
  port: number,
  overrides: Readonly<Record<string, string>>,
  work: (stack: OwnStack) => Promise<void>,
): Promise<void> {
  const step = <T>(_: string, part: () => Promise<T>): Promise<T> => part();
  const stack = new Stack({ port, overrides, fresh: true, latencyMs: 0, step });
  const secrets = await stack.start() ?? stopped();
  const { ports } = stack;
  const url = adminUrl(ports.database, secrets.databasePassword);
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  const projectUrl = `http://127.0.0.1:${ports.gateway}`;
  const logFolder = `${stack.folders.stack}/logs`;

  async function signIn(number: 0 | 1): Promise<OwnUser> {
    const supabase = createClient(projectUrl, secrets.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    const { data, error } = await supabase.auth.signInWithPassword(SEED.users[number]);
    if (error) throw error;
    const headers = {
      "X-API-Key": SEED.apiKey,
      Authorization: `Bearer ${data.session.access_token}`,
      "Content-Type": "application/json",
    };
    return {
      id: data.user.id,
      supabase,
      call: (method, path, body) => {
        const address = path.startsWith("http") ? path : `${projectUrl}/functions/v1/${path}`;
        return fetch(address, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      },
    };
  }

  async function withStatusFunction(
    others: Readonly<Record<string, string>>,
    ask: (address: string) => Promise<void>,
  ): Promise<void> {
    const tasksStatus = port + 10;
    await Deno.mkdir(`${logFolder}/second`, { recursive: true });
    const service = createFunction("tasks-status", {
      ports: { ...ports, tasksStatus },
      secrets,
      host: { logFolder: `${logFolder}/second`, onSpawn: () => {} },
      overrides: others,
    });
    await service.start();
    try {
      await ask(`http://127.0.0.1:${tasksStatus}`);
    } finally {
      await service.stop();
    }
  }

  try {
    await work({
      sql,
      projectUrl,
      logFolder,
      workerSecret: secrets.workerSecret,
      signIn,
      withStatusFunction,
    });
  } finally {
    await sql.end({ timeout: 1 });
    await stack.stop();
  }
}

function stopped(): never {
  throw new Error("The stack was stopped");
}
