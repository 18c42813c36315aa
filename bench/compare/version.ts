import { join } from "node:path";
import postgres from "postgres";
import { z } from "zod";
import { Client, inTurns, wakeWorkerAt } from "../client.ts";
import { raiseLimits } from "../limits.ts";
import { InstantProvider } from "../provider.ts";
import { providerSettings } from "../stack_settings.ts";
import { DevStack, type Environment } from "./dev_stack.ts";
import { allowCounting } from "./statement_counts.ts";
import { WorkerProcess } from "./worker_process.ts";

const session = z.object({ access_token: z.string(), user: z.object({ id: z.uuid() }) });

/** A version of the backend on a stack that its own code runs. */
export interface Version {
  readonly client: Client;
  /** One of the client's tasks. */
  readonly task: string;
  /** Returns this client and another in turns. */
  nextClient(): Client;
  readonly provider: InstantProvider;
  /** Of the superuser. */
  readonly sql: postgres.Sql;
  readonly worker: WorkerProcess;
  wakeWorker(): Promise<void>;
  /** Starts all its processes anew; the data stays. */
  restart(): Promise<void>;
}

/** The ports that a version takes: its stack's, then its provider's. */
const PROVIDER_OFFSET = 10;

/** Starts the stack of a checkout with its own `deno task dev`, and has it stopped in the end. */
export async function startVersion(
  folder: string,
  port: number,
  undo: AsyncDisposableStack,
): Promise<Version> {
  const providerPort = port + PROVIDER_OFFSET;
  const provider = new InstantProvider(providerPort);
  undo.defer(() => provider.stop());
  const settings = Object.entries(providerSettings(providerPort));
  const lines = settings.map(([name, value]) => `${name}=${value}\n`);
  await Deno.writeTextFile(join(folder, ".env"), lines.join(""));

  const stack = new DevStack(folder, port, undo);
  await stack.start();
  const values = await stack.readEnvironment();
  const wakeWorker = (): Promise<void> =>
    wakeWorkerAt(functionsUrlOf(values), values.WORKER_SECRET);
  const worker = new WorkerProcess(folder, wakeWorker);
  // One that is paused does not stop.
  undo.defer(() => worker.resume());
  const sql = postgres(adminUrl(values), { max: 2, onnotice: () => {} });
  undo.defer(() => sql.end({ timeout: 1 }));
  await allowCounting(sql, () => stack.restart());
  await raiseLimitsOfAnyVersion(sql);
  const client = await signIn(values, values.TEST_USER_EMAIL, values.TEST_USER_PASSWORD);
  const other = await signIn(values, values.TEST_USER_2_EMAIL, values.TEST_USER_2_PASSWORD);
  return {
    client,
    task: await client.submit(),
    nextClient: inTurns(client, other),
    provider,
    sql,
    worker,
    restart: () => stack.restart(),
    wakeWorker,
  };
}

/**
 * The seed of development takes limits away, and with them what it costs to look at them. A version has
 * them in one place or in another.
 */
async function raiseLimitsOfAnyVersion(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ hasPlans: boolean }[]>`
    select to_regclass('private.plans') is not null as "hasPlans"
  `;
  if (row?.hasPlans) return await raiseLimits(sql);
  await sql`update private.limits set user_submits_per_minute = 100000, user_active_tasks = 100000`;
}

/** The superuser is named as on the platform, and has the project's password on a local stack. */
function adminUrl({ DATABASE_URL }: Environment): string {
  const url = new URL(DATABASE_URL);
  url.username = "supabase_admin";
  return url.href;
}

function functionsUrlOf({ SUPABASE_URL }: Environment): string {
  return `${SUPABASE_URL}/functions/v1`;
}

async function signIn(
  values: Environment,
  email: string,
  password: string,
): Promise<Client> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY } = values;
  const response = await fetch(`${SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: SUPABASE_PUBLISHABLE_KEY, "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { access_token, user } = session.parse(await response.json());
  return new Client(
    { functionsUrl: functionsUrlOf(values), apiKey: API_KEY },
    user.id,
    access_token,
  );
}
