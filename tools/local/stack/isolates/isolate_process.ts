import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { appendLog, openLog } from "../append_log.ts";
import { inheritedEnvironment } from "../inherited_environment.ts";
import { linesOf, type Order, readReport, type Report, writeOrders } from "./messages.ts";

/** How to run a function: the one of `functions/` here, not of `supabase/functions`. */
export interface FunctionProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to what every program needs of this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** The process of an isolate. All it prints is appended to a file. */
export class IsolateProcess {
  readonly #child: ChildProcess;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<void>;
  #hasEnded = false;

  constructor(
    { program, args, cwd, env }: FunctionProgram,
    logFile: string,
    onReport: (report: Report) => void,
  ) {
    const log = openLog(logFile);
    this.#child = spawn(program, args, {
      cwd,
      env: { ...inheritedEnvironment(), ...env },
      stdio: ["pipe", "pipe", log],
    });
    closeSync(log);
    // What is written to a process that has just ended is lost, and nothing else.
    this.#child.stdin?.on("error", () => {});
    const read = this.#read(logFile, onReport);
    const exit = once(this.#child, "exit").catch(() => {}).then(() => this.#hasEnded = true);
    this.ended = Promise.all([exit, read]).then(() => {});
  }

  /** Undefined when it has ended, or could not be started. */
  get pid(): number | undefined {
    return this.#hasEnded ? undefined : this.#child.pid;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  order(...orders: readonly Order[]): void {
    if (!this.#hasEnded) this.#child.stdin?.write(writeOrders(orders));
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #read(logFile: string, onReport: (report: Report) => void): Promise<void> {
    const { stdout } = this.#child;
    if (!stdout) return;
    try {
      for await (const line of linesOf(stdout)) {
        const report = readReport(line);
        if (report) onReport(report);
        else appendLog(logFile, line);
      }
    } catch {
      // It was killed while it printed.
    }
  }
}
