import { z } from "zod";
import { databaseUrl } from "../../tools/local/stack/database.ts";
import { createFunction } from "../../tools/local/stack/functions.ts";
import { simulatedProviders } from "../../tools/local/stack/providers.ts";
import type { Service } from "../../tools/local/stack/service.ts";
import { createWorker, type FaultStack, wakeWorker } from "../faults/fault_stack.ts";
import { headersOf } from "../support/client.ts";

const WAKE_MILLISECONDS = 250;

const accepted = z.looseObject({ celery_task_id: z.uuid() });
const status = z.looseObject({ status: z.string() });

export interface VersionOptions {
  /** The first of three ports. */
  readonly port: number;
  /** Whose source it is. Default: this repository. */
  readonly checkout?: string;
  /** The name of the database it works on. Default: the stack's. */
  readonly database?: string;
}

/** A request as an app sends it. */
export interface AppRequest {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The functions of one version of the backend, beside those of a stack and on its database. */
export class Version {
  readonly #stack: FaultStack;
  readonly #token: string;
  readonly #port: number;
  readonly #api: readonly Service[];
  readonly #worker: Service;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(
    stack: FaultStack,
    token: string,
    port: number,
    api: readonly Service[],
    worker: Service,
  ) {
    this.#stack = stack;
    this.#token = token;
    this.#port = port;
    this.#api = api;
    this.#worker = worker;
  }

  /** @param token Of the user who asks. */
  static async start(stack: FaultStack, token: string, options: VersionOptions): Promise<Version> {
    const { port, checkout, database } = options;
    const logFolder = `${stack.folder}/logs/version-${port}`;
    await Deno.mkdir(logFolder, { recursive: true });
    const ports = { ...stack.ports, generation: port, tasksStatus: port + 1, worker: port + 2 };
    const url = new URL(databaseUrl(ports.database, stack.secrets.databasePassword));
    if (database) url.pathname = database;
    const settings = { SUPABASE_DB_URL: url.href };
    const given = {
      ports,
      secrets: stack.secrets,
      host: { logFolder, onSpawn: () => {} },
      overrides: {
        ...simulatedProviders({}, `http://127.0.0.1:${ports.simulators}`),
        ...settings,
      },
      ...(checkout && { checkout }),
    };
    const api = [createFunction("generation", given), createFunction("tasks-status", given)];
    const worker = await createWorker(stack, ports, settings, checkout);
    const version = new Version(stack, token, port, api, worker);
    try {
      await Promise.all(api.map((service) => service.start()));
      await version.startWorker();
    } catch (error) {
      await version.stop();
      throw error;
    }
    return version;
  }

  /** Starts its worker, and wakes it again and again. */
  async startWorker(): Promise<void> {
    await this.#worker.start();
    this.#timer = setInterval(() => {
      // It is being started again.
      wakeWorker(this.#stack, this.#port + 2).catch(() => {});
    }, WAKE_MILLISECONDS);
  }

  /** Starts all but its worker anew: what isolates remember that run for a while is forgotten. */
  async restartApi(): Promise<void> {
    await Promise.all(this.#api.map((service) => service.stop()));
    await Promise.all(this.#api.map((service) => service.start()));
  }

  /** Kills its worker in the middle of its work; the next starts by itself. */
  killWorker(): void {
    if (this.#worker.pid === undefined) throw new Error("The worker is not running");
    Deno.kill(this.#worker.pid, "SIGKILL");
  }

  /** Has its worker end where it is, as when another version takes its place. */
  async stopWorker(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker.stop();
  }

  /** Submits what must be accepted; returns the id of the task. */
  async submit({ operation, body }: AppRequest): Promise<string> {
    const answer = await this.#ask(202, "POST", `${this.#port}/generation/${operation}`, body);
    return accepted.parse(answer).celery_task_id;
  }

  async readStatus(id: string): Promise<string> {
    return status.parse(await this.#askOfTask("GET", id)).status;
  }

  async cancel(id: string): Promise<void> {
    await this.#askOfTask("DELETE", id);
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await Promise.all(this.#api.map((service) => service.stop()));
  }

  #askOfTask(method: string, id: string): Promise<unknown> {
    return this.#ask(200, method, `${this.#port + 1}/tasks-status/${id}`);
  }

  async #ask(expected: number, method: string, address: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${address}`, {
      method,
      headers: headersOf(this.#token),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status !== expected) {
      throw new Error(`${method} ${address} answers ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  }
}
