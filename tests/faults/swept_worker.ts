import type postgres from "postgres";
import { databaseUrl } from "../../tools/local/stack/database.ts";
import type { Service } from "../../tools/local/stack/service.ts";
import { answers } from "../../tools/local/stack/supabase_services.ts";
import { waitUntil } from "../support/wait_until.ts";
import { createWorker, type FaultStack, wakeWorker, type WorkerPorts } from "./fault_stack.ts";
import { Gate } from "./gate.ts";
import { type Proxy, startHttpProxy } from "./http_proxy.ts";
import { type PostgresProxy, startPostgresProxy } from "./postgres_proxy.ts";

/** Names and numbers in an address that differ from run to run. */
const OWN_PART = /\/[^/]*(?:[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|\d{6})[^/]*/gi;

export type Role = "victim" | "successor";

/** All that stands between the workers of a sweep and the world. */
export class Environment {
  readonly gate = new Gate();
  /** One for those that are killed, and one for the one that takes over. */
  readonly #postgres: Readonly<Record<Role, PostgresProxy>>;
  readonly #sql: postgres.Sql;
  readonly #simulators: Proxy;
  readonly #storage: Proxy;

  constructor({ ports, secrets, sql }: FaultStack) {
    const { gate } = this;
    const server = { port: ports.database, root: secrets.databaseTls.root };
    this.#sql = sql;
    this.#postgres = {
      victim: startPostgresProxy(gate, server),
      successor: startPostgresProxy(gate, server),
    };
    this.#simulators = startHttpProxy({
      gate,
      targetPort: ports.simulators,
      nameOf: (method, path) => {
        const [, provider, ...rest] = path.replaceAll(OWN_PART, "/*").split("/");
        return `${provider} ${method} /${rest.join("/")}`;
      },
      hasMidway: () => false,
    });
    this.#storage = startHttpProxy({
      gate,
      targetPort: ports.gateway,
      nameOf: (method, path) => `storage ${method} ${path.split("/").slice(3, 5).join("/")}`,
      hasMidway: (method) => method === "POST",
    });
  }

  portsOf(role: Role): Omit<WorkerPorts, "worker"> {
    return {
      database: this.#postgres[role].port,
      simulators: this.#simulators.port,
      gateway: this.#storage.port,
    };
  }

  /** Waits until Postgres is done with all that killed workers had sent. */
  async waitForLastWords(): Promise<void> {
    const ports = [...this.#postgres.victim.clientPorts];
    await waitUntil("the end of the connections", async () => {
      const open = await this.#sql`select from pg_stat_activity where client_port = any(${ports})`;
      return open.length === 0;
    });
  }

  async stop(): Promise<void> {
    const proxies = [...Object.values(this.#postgres), this.#simulators, this.#storage];
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  }
}

/** A worker process that lives in these environment. */
export class SweptWorker {
  readonly #service: Service;
  readonly #port: number;
  readonly #stack: FaultStack;

  private constructor(service: Service, port: number, stack: FaultStack) {
    this.#service = service;
    this.#port = port;
    this.#stack = stack;
  }

  static async start(
    stack: FaultStack,
    environment: Environment,
    role: Role,
    port: number,
  ): Promise<SweptWorker> {
    const ports = { ...environment.portsOf(role), worker: port };
    // In clear text, which the gate between them reads.
    const url = new URL(databaseUrl(ports.database, stack.secrets.databasePassword));
    url.searchParams.set("sslmode", "disable");
    const service = await createWorker(stack, ports, { SUPABASE_DB_URL: url.href });
    await service.start();
    return new SweptWorker(service, port, stack);
  }

  async wake(): Promise<void> {
    await wakeWorker(this.#stack, this.#port);
  }

  /** Kills its process, and returns how to wait for the next, which starts by itself. */
  kill(): () => Promise<SweptWorker> {
    const { pid } = this.#service;
    if (pid === undefined) throw new Error("The worker is not running");
    Deno.kill(pid, "SIGKILL");
    return async () =>
      await waitUntil("the next worker", async () => {
        const isNext = this.#service.pid !== undefined && this.#service.pid !== pid;
        return isNext && await answers(`http://127.0.0.1:${this.#port}/`) && this;
      });
  }

  async stop(): Promise<void> {
    await this.#service.stop();
  }
}
