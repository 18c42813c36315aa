import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { appendLog, openLog } from "./append_log.ts";
import { inheritedEnvironment } from "./inherited_environment.ts";

/** How long a service may take to be ready. */
const START_MILLISECONDS = 30_000;
/**
 * How often it may end before it is ready. The ports lie in the range from which the system takes
 * those of outgoing connections: one may be in the way for a moment.
 */
const START_ATTEMPTS = 3;
/** How long it may take to end by itself before it is killed. */
const STOP_MILLISECONDS = 5_000;
/**
 * How long after an unexpected end a service is started again. Long enough that a Ctrl-C, which
 * reaches every process of the terminal at once, has reached this one too.
 */
const RESTART_MILLISECONDS = 300;

/** What the services of one stack share. */
export interface ServiceHost {
  readonly logFolder: string;
  /** Told whenever a process begins, the first time or again, or one of several ends. */
  onSpawn(): void;
  /** Told when a process has ended by itself; it is started again. */
  readonly onCrash?: ((crash: Crash) => void) | undefined;
}

/** The end of a process that nobody has asked for. */
export interface Crash {
  readonly name: string;
  /** What the system says of it: an exit code or a signal. */
  readonly reason: string;
  readonly logFile: string;
}

/** A part of the stack: a process, or several of which each does the same. */
export interface StackService {
  readonly name: string;
  /** Of the processes that run now. */
  readonly pids: readonly number[];
  /** Returns when it is ready. Throws with the end of its log if it never is. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to what every program needs of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** What makes it end cleanly. Default: SIGTERM. */
  readonly stopSignal?: "SIGTERM" | "SIGINT";
  readonly host: ServiceHost;
  /** Whether it answers; asked until it does. */
  isReady(): Promise<boolean>;
}

/** A process of the stack: logged to a file of its own, started again when it ends by itself. */
export class Service implements StackService {
  readonly #options: ServiceOptions;
  #process: ChildProcess | undefined;
  #stopping = false;
  #ends = 0;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get pids(): readonly number[] {
    return this.pid === undefined ? [] : [this.pid];
  }

  /** Starts the process and returns when it is ready. Throws with the end of its log if it never is. */
  async start(): Promise<void> {
    this.#stopping = false;
    this.#ends = 0;
    this.#spawn();
    const deadline = Date.now() + START_MILLISECONDS;
    while (!(await this.#options.isReady())) {
      if (this.#ends >= START_ATTEMPTS || Date.now() > deadline) {
        await this.stop();
        throw new Error(`Cannot start ${this.name}. ${await this.#endOfLog()}`);
      }
      await wait(25);
    }
  }

  /**
   * Ends the process as `stop` would; it is started again as after any end. Returns when the next one is
   * ready. Throws if it is being stopped meanwhile, or never is ready.
   */
  async restart(): Promise<void> {
    const before = this.#process;
    before?.kill(this.#options.stopSignal ?? "SIGTERM");
    const deadline = Date.now() + START_MILLISECONDS;
    const isAnother = (): boolean => this.pid !== undefined && this.pid !== before?.pid;
    while (!(isAnother() && await this.#options.isReady())) {
      if (this.#stopping || Date.now() > deadline) {
        throw new Error(`${this.name} was not restarted. ${await this.#endOfLog()}`);
      }
      await wait(25);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const process = this.#process;
    if (!process) return;
    const ended = once(process, "exit");
    process.kill(this.#options.stopSignal ?? "SIGTERM");
    const timer = setTimeout(() => process.kill("SIGKILL"), STOP_MILLISECONDS);
    await ended;
    clearTimeout(timer);
  }

  #spawn(): void {
    const { program, args, cwd, env, uid, gid, host } = this.#options;
    const log = openLog(this.#logFile);
    const child = spawn(program, args, {
      cwd,
      env: { ...inheritedEnvironment(), ...env },
      uid,
      gid,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#process = child;
    child.once("exit", (code, signal) => {
      this.#process = undefined;
      this.#ends++;
      if (this.#stopping) return;
      const line = { time: new Date(), level: "error", event: "process ended", code, signal };
      appendLog(this.#logFile, JSON.stringify(line));
      const reason = signal ?? `exit code ${code}`;
      host.onCrash?.({ name: this.name, reason, logFile: this.#logFile });
      setTimeout(() => {
        if (!this.#stopping) this.#spawn();
      }, RESTART_MILLISECONDS);
    });
    host.onSpawn();
  }

  get #logFile(): string {
    return join(this.#options.host.logFolder, `${this.name}.log`);
  }

  async #endOfLog(): Promise<string> {
    const lines = (await Deno.readTextFile(this.#logFile)).trim().split("\n").slice(-15);
    return `The end of ${this.#logFile}:\n${lines.join("\n")}`;
  }
}
