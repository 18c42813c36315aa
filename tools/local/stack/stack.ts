import { join } from "node:path";
import { bootstrapDatabase, databaseUrl, grantStorage, migrate, moveResults } from "./database.ts";
import type { Breakable } from "./control/routes.ts";
import { type Folders, foldersOf } from "./folders.ts";
import { createFunctions, type IsolatesOptions } from "./functions.ts";
import { serveGateway } from "./gateway/serve.ts";
import type { IsolatePool } from "./isolates/isolate_pool.ts";
import { endLeftovers, findStarter, forgetProcesses, recordProcesses } from "./leftovers.ts";
import { checkPorts } from "./ports.ts";
import { listenedHosts, publicUrlFor, type Reach } from "./reach.ts";
import { createPostgres, dataFolderOf } from "./postgres_server.ts";
import { realProviders, simulatedProviders } from "./providers.ts";
import { type ScheduleName, startSchedule } from "./schedule.ts";
import type { Service, ServiceHost, StackService } from "./service.ts";
import { loadSecrets, type Ports, portsFrom, type Secrets } from "./settings.ts";
import { createSimulators } from "./simulators.ts";
import { createSupabaseServices, prepareStorage } from "./supabase_services.ts";
import { installTool, type ToolName } from "./tools.ts";

export interface StackOptions {
  /** The gateway's; the other ports follow it. */
  readonly port: number;
  /** Drops the data of an earlier start. */
  readonly fresh: boolean;
  /** How long a simulated generation takes, in milliseconds. */
  readonly latencyMs: number;
  /** From where it is reached. Default: this machine only. */
  readonly reach?: Reach | undefined;
  /** The developer's own settings for the functions. */
  readonly overrides: Readonly<Record<string, string>>;
  /** The limits of the platform by which the worker lives. */
  readonly isolates?: IsolatesOptions;
  /** What wakes the worker. Default: `quick`. */
  readonly schedule?: ScheduleName;
  /** Folder of the version whose migrations and seed it applies. Default: this one. */
  readonly migrations?: string;
  /** Told of a service that has ended by itself, and is started again. */
  readonly onCrash?: ServiceHost["onCrash"];
  /** Shows a part of the start while it is done. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** A stack on this machine: everything the product needs, without containers. */
export class Stack {
  readonly ports: Ports;
  readonly folders: Folders;
  readonly #options: StackOptions;
  readonly #host: ServiceHost;
  readonly #services: StackService[] = [];
  #postgres: Service | undefined;
  #worker: IsolatePool | undefined;
  #stopGateway = (): Promise<void> => Promise.resolve();
  #stopSchedule = (): Promise<void> => Promise.resolve();
  #record = Promise.resolve();
  #stopped = false;

  constructor(options: StackOptions) {
    this.#options = options;
    this.ports = portsFrom(options.port);
    this.folders = foldersOf(options.port);
    this.#host = {
      logFolder: join(this.folders.stack, "logs"),
      onSpawn: () => this.#recordServices(),
      ...(options.onCrash && { onCrash: options.onCrash }),
    };
  }

  /** What apps on other machines know it by; undefined if none can reach it. */
  get publicUrl(): string | undefined {
    return publicUrlFor(this.#options.reach, this.ports.gateway);
  }

  /** The isolates of the worker, once it has been started. */
  get worker(): IsolatePool | undefined {
    return this.#worker;
  }

  /**
   * Starts everything, or throws with a clear message and leaves nothing running. Undefined if it was
   * stopped meanwhile.
   */
  async start(): Promise<Secrets | undefined> {
    // Before anything that a failure would have to undo: the folder may be another stack's.
    await this.#prepareFolder();
    try {
      return await this.#start();
    } catch (error) {
      // The processes of a stack that is being stopped fail in all ways.
      if (this.#stopped) return undefined;
      await this.stop();
      throw error;
    }
  }

  /** Stops everything, in reverse. Does nothing if nothing runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#stopSchedule();
    await this.#stopGateway();
    for (const service of this.#services.splice(0).reverse()) {
      await service.stop();
    }
    await this.#record;
    await forgetProcesses(this.folders.stack);
  }

  async #start(): Promise<Secrets> {
    const { step, latencyMs, isolates = {} } = this.#options;
    const { ports } = this;
    const secrets = await loadSecrets(this.folders.stack);
    const password = secrets.databasePassword;

    const install = (name: ToolName): Promise<string> => installTool(this.folders.tools, name);
    const [binaries, supabase, pgmq, pgtap] = await step(
      "Postgres and the Supabase CLI",
      () =>
        Promise.all([
          install("postgres"),
          install("supabase"),
          install("pgmq"),
          install("pgtap"),
          // For later, when there may be no network; where it fails, the reference says so.
          install("redoc").catch(() => ""),
        ]),
    );

    await step("Database", async () => {
      const dataFolder = dataFolderOf(this.folders.stack);
      const extensions = [pgmq, pgtap];
      const options = { binaries, extensions, dataFolder, port: ports.database, password };
      const tls = secrets.databaseTls;
      this.#postgres = await createPostgres({ ...options, tls, host: this.#host });
      await this.#run(this.#postgres);
      await bootstrapDatabase(ports.database, password);
    });

    await step("Auth, Data API, Storage, functions and simulated providers", async () => {
      const simulators = createSimulators({
        port: ports.simulators,
        gatewayPort: ports.gateway,
        latencyMs,
        host: this.#host,
      });
      const services = { stackFolder: this.folders.stack, ports, secrets, host: this.#host };
      const functions = createFunctions({
        ...services,
        isolates,
        overrides: this.#functionSettings(),
      });
      this.#worker = functions.worker;
      await Promise.all(
        [
          ...Object.values(functions),
          simulators,
          await createSupabaseServices(services),
        ].map((service) => this.#run(service)),
      );
    });

    await step("Migrations and seed", async () => {
      await grantStorage(ports.database, password);
      const url = databaseUrl(ports.database, password);
      await migrate(supabase, url, this.#options.migrations);
      await moveResults(url, this.publicUrl ?? `http://127.0.0.1:${ports.gateway}`);
      await prepareStorage(ports, secrets);
    });
    await this.#open(secrets);
    return secrets;
  }

  /** A provider is simulated unless the developer has a key for it. */
  #functionSettings(): Record<string, string> {
    const { overrides } = this.#options;
    const simulatorsUrl = `http://127.0.0.1:${this.ports.simulators}`;
    return {
      ...overrides,
      ...(this.publicUrl && { PUBLIC_SUPABASE_URL: this.publicUrl }),
      ...simulatedProviders(overrides, simulatorsUrl),
    };
  }

  async #prepareFolder(): Promise<void> {
    const { stack } = this.folders;
    const starter = await findStarter(stack);
    if (starter !== undefined) {
      const { port } = this.#options;
      throw new Error(
        `A stack is running on port ${port} already (process ${starter}). ` +
          `Use it, end it, or start a second one with --port ${port + 100}`,
      );
    }
    await endLeftovers(stack);
    checkPorts(this.ports, listenedHosts(this.#options.reach));
    if (this.#options.fresh) {
      await Deno.remove(stack, { recursive: true }).catch(() => {});
    }
    await Deno.mkdir(this.#host.logFolder, { recursive: true });
  }

  async #run(service: StackService): Promise<void> {
    // A start that is stopped half-way must not go on behind the stop's back.
    if (this.#stopped) throw new Error("Stopped");
    this.#services.push(service);
    await service.start();
  }

  #breakable(): Breakable {
    return {
      killWorker: () => this.#worker?.kill() ?? 0,
      restartPostgres: async () => await this.#postgres?.restart(),
    };
  }

  #recordServices(): void {
    const record = (): Promise<void> =>
      recordProcesses(
        this.folders.stack,
        this.#services.flatMap(({ name, pids }) => pids.map((pid) => ({ name, pid }))),
        this.publicUrl,
      );
    // It is for the next start only: where the disk has no room for it, this stack goes on.
    this.#record = this.#record.then(record).catch(() => {});
  }

  async #open(secrets: Secrets): Promise<void> {
    const { gateway: port } = this.ports;
    const uploadsFolder = join(this.folders.stack, "resumable-uploads");
    this.#stopGateway = serveGateway(
      {
        ports: this.ports,
        secrets,
        uploadsFolder,
        toolsFolder: this.folders.tools,
        breakable: this.#breakable(),
        realProviders: realProviders(this.#options.overrides),
      },
      listenedHosts(this.#options.reach),
    );
    this.#stopSchedule = await startSchedule({
      name: this.#options.schedule ?? "quick",
      databaseUrl: databaseUrl(this.ports.database, secrets.databasePassword),
      workerUrl: `http://127.0.0.1:${port}/functions/v1/worker`,
      workerSecret: secrets.workerSecret,
    });
    // It was stopped while the schedule started.
    if (this.#stopped) await this.#stopSchedule();
  }
}
