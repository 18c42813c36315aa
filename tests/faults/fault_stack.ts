import { createClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { drawImage } from "../../simulators/images.ts";
import { createFunction, type IsolatesOptions } from "../../tools/local/stack/functions.ts";
import type { IsolatePool } from "../../tools/local/stack/isolates/isolate_pool.ts";
import { adminUrl } from "../../tools/local/stack/postgres_server.ts";
import { simulatedProviders } from "../../tools/local/stack/providers.ts";
import type { ScheduleName } from "../../tools/local/stack/schedule.ts";
import type { Service } from "../../tools/local/stack/service.ts";
import type { Ports, Secrets } from "../../tools/local/stack/settings.ts";
import { Stack } from "../../tools/local/stack/stack.ts";

/** A stack for faults, which nothing else uses: whatever happens on it, the test has done. */
export interface FaultStack {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly folder: string;
  readonly sql: postgres.Sql;
  readonly projectUrl: string;
  /** The isolates of the stack's own worker. */
  readonly worker: IsolatePool;
  stop(): Promise<void>;
}

export interface FaultStackOptions {
  readonly port: number;
  /** How long a simulated generation takes, in milliseconds. */
  readonly latencyMs: number;
  /** What the stack's own worker lives by, and its settings. Default: it does nothing. */
  readonly ownWorker?: IsolatesOptions & { readonly settings?: Readonly<Record<string, string>> };
  /** What wakes it. Default: as while developing. */
  readonly schedule?: ScheduleName;
  /** Folder of the version whose migrations it applies. Default: this one. */
  readonly migrations?: string;
}

/** Whoever wakes the stack's own worker is refused: the tasks are for those that the test starts. */
const UNKNOWN_SECRET = "known to nobody who wakes";

export async function startFaultStack(
  { port, latencyMs, ownWorker, ...others }: FaultStackOptions,
): Promise<FaultStack> {
  const stack = new Stack({
    port,
    latencyMs,
    overrides: ownWorker ? ownWorker.settings ?? {} : { WORKER_SECRET: UNKNOWN_SECRET },
    ...(ownWorker && { isolates: ownWorker }),
    ...others,
    fresh: true,
    step: (_, work) => work(),
  });
  const secrets = await stack.start();
  const { ports, folders, worker } = stack;
  if (!secrets || !worker) throw new Error("The stack was stopped");
  const url = adminUrl(ports.database, secrets.databasePassword);
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  return {
    ports,
    secrets,
    folder: folders.stack,
    sql,
    projectUrl: `http://127.0.0.1:${ports.gateway}`,
    worker,
    async stop() {
      await sql.end({ timeout: 1 });
      await stack.stop();
    },
  };
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a worker reaches, and where it is reached. */
export type WorkerPorts = Pick<Ports, "worker" | "database" | "gateway" | "simulators">;

/**
 * A worker as one process without end, at ports of its own; started again when it is killed.
 *
 * @param checkout Folder of the version whose worker it is. Default: this one.
 */
export async function createWorker(
  stack: FaultStack,
  own: WorkerPorts,
  settings: Readonly<Record<string, string>> = {},
  checkout?: string,
): Promise<Service> {
  const logFolder = `${stack.folder}/logs/worker-${own.worker}`;
  await Deno.mkdir(logFolder, { recursive: true });
  return createFunction("worker", {
    ...(checkout && { checkout }),
    ports: { ...stack.ports, ...own },
    secrets: stack.secrets,
    host: { logFolder, onSpawn: () => {} },
    overrides: {
      ...simulatedProviders({}, `http://127.0.0.1:${own.simulators}`),
      PUBLIC_SUPABASE_URL: stack.projectUrl,
      // It ends when the test kills it, and not at an age.
      ISOLATE_SECONDS: String(YEAR_SECONDS),
      WORKER_BUDGET_SECONDS: String(YEAR_SECONDS),
      ...settings,
    },
  });
}

export async function wakeWorker({ secrets }: FaultStack, port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/worker`, {
    method: "POST",
    headers: { apikey: secrets.workerSecret },
  });
  await response.body?.cancel();
  if (response.status !== 202) throw new Error(`The worker answers ${response.status}`);
}

/** Puts a picture into a user's folder, and returns its address. */
export async function storePicture(
  stack: FaultStack,
  userId: string,
  name: string,
): Promise<string> {
  const bytes = await drawImage({ width: 512, height: 512, seed: name, index: 0, format: "png" });
  return await storeFile(stack, `${userId}/${name}`, bytes);
}

/** Puts a PNG into the bucket of inputs, and returns its address. */
export async function storeFile(
  { projectUrl, secrets }: FaultStack,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const { storage } = createClient(projectUrl, secrets.secretKey);
  const { error } = await storage.from("inputs")
    .upload(path, bytes, { contentType: "image/png", upsert: true });
  if (error) throw error;
  return `${projectUrl}/storage/v1/object/authenticated/inputs/${path}`;
}
