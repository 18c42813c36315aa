import { join } from "node:path";
import { appendLog } from "../append_log.ts";
import type { ServiceHost, StackService } from "../service.ts";
import { stopServer } from "../stop_server.ts";
import { Isolate, type IsolateEnd } from "./isolate.ts";
import type { FunctionProgram } from "./isolate_process.ts";
import type { IsolateRules } from "./rules.ts";

export interface IsolatePoolOptions {
  /** The function's, and of the file of its log. */
  readonly name: string;
  readonly port: number;
  readonly program: FunctionProgram;
  readonly rules: IsolateRules;
  readonly host: ServiceHost;
}

/**
 * What the platform's runtime is to one function: each request goes to an isolate that may take it, in
 * turns, or to a fresh one. An isolate that ended is not replaced before there is a request.
 */
export class IsolatePool implements StackService {
  /** How the isolates ended that did, in this order. */
  readonly ends: IsolateEnd[] = [];
  readonly #options: IsolatePoolOptions;
  readonly #isolates = new Set<Isolate>();
  #spawned = 0;
  #starting: Promise<void> | undefined;
  #server: Deno.HttpServer | undefined;
  #isStopping = false;

  constructor(options: IsolatePoolOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Those of all isolates that run. */
  get pids(): readonly number[] {
    return [...this.#isolates].flatMap(({ pid }) => pid ?? []);
  }

  /** How many isolates there have been. */
  get spawned(): number {
    return this.#spawned;
  }

  /** Those that run. */
  get isolates(): readonly Isolate[] {
    return [...this.#isolates];
  }

  /** Returns when a first isolate is ready. Throws with the end of the log if it never is. */
  async start(): Promise<void> {
    this.#isStopping = false;
    const { port } = this.#options;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => this.#answer(request),
    );
    try {
      await this.#spawn();
    } catch (cause) {
      await this.stop();
      const log = (await Deno.readTextFile(this.#logFile)).trim().split("\n").slice(-15);
      const words = `Cannot start ${this.name}. The end of ${this.#logFile}:\n${log.join("\n")}`;
      throw new Error(words, { cause });
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#isolates].map((isolate) => isolate.stop("termination")));
    if (this.#server) await stopServer(this.#server);
    this.#server = undefined;
  }

  /** Ends all isolates at once, as a crash does; returns how many. Whatever they do is lost. */
  kill(): number {
    const running = [...this.#isolates].filter(({ pid }) => pid !== undefined);
    for (const isolate of running) isolate.kill();
    return running.length;
  }

  async #answer(request: Request): Promise<Response> {
    try {
      return await this.#pass(request);
    } catch (error) {
      const code = "BOOT_ERROR";
      const message = error instanceof Error ? error.message : String(error);
      return Response.json({ code, message }, { status: 503, headers: { "sb-error-code": code } });
    }
  }

  async #pass(request: Request): Promise<Response> {
    for (;;) {
      for (const isolate of this.#isolates) {
        if (!isolate.isFree) continue;
        // To the end of the line.
        this.#isolates.delete(isolate);
        this.#isolates.add(isolate);
        return await isolate.fetch(request);
      }
      if (this.#isStopping) throw new Error("The pool is being stopped");
      this.#starting ??= this.#spawn().finally(() => this.#starting = undefined);
      await this.#starting;
    }
  }

  async #spawn(): Promise<void> {
    const { program, rules, host } = this.#options;
    const isolate = new Isolate({ program, rules, logFile: this.#logFile });
    this.#spawned++;
    this.#isolates.add(isolate);
    isolate.end.then((end) => {
      this.#isolates.delete(isolate);
      this.ends.push(end);
      this.#log(end);
      host.onSpawn();
    });
    host.onSpawn();
    await isolate.ready;
  }

  #log(end: IsolateEnd): void {
    const isLoss = end.openRequests > 0 || end.pendingPromises > 0;
    const level = isLoss || end.reason === "boot_error" ? "error" : "info";
    const line = { time: new Date(), level, event: "isolate ended", ...end };
    appendLog(this.#logFile, JSON.stringify(line));
  }

  get #logFile(): string {
    return join(this.#options.host.logFolder, `${this.name}.log`);
  }
}
