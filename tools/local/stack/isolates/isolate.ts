import { type FunctionProgram, IsolateProcess } from "./isolate_process.ts";
import type { EndReason, Report } from "./messages.ts";
import { type IsolateRules, judge, type Limit, type Usage } from "./rules.ts";
import { readUsage } from "./usage.ts";

/** How often the use of an isolate is looked at: often enough to stop at 2 s of processor time. */
const LOOK_MILLISECONDS = 50;
/** How long one may take to be ready, and to end when it is told to. */
const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 5_000;

/** How an isolate ended. */
export interface IsolateEnd extends Usage {
  readonly pid: number;
  /** `boot_error`: it never took a request; `crash`: it ended by itself, or somebody killed it. */
  readonly reason: EndReason | "crash" | "boot_error";
  /** All it was given. */
  readonly requests: number;
  /** What was lost with it. */
  readonly openRequests: number;
  readonly pendingPromises: number;
}

export interface IsolateOptions {
  readonly program: FunctionProgram;
  readonly rules: IsolateRules;
  readonly logFile: string;
}

const UNUSED: Usage = { lifeSeconds: 0, processorSeconds: 0, memoryBytes: 0 };

/** A function's process, which lives and dies as an isolate of the platform. */
export class Isolate {
  readonly #options: IsolateOptions;
  readonly #process: IsolateProcess;
  readonly #pid: number;
  readonly #listening = Promise.withResolvers<void>();
  /** Resolves with how it ended. */
  readonly end: Promise<IsolateEnd>;
  #port: number | undefined;
  #readyAt = 0;
  /** Processor time that its modules took to load. */
  #loadSeconds = 0;
  #usage = UNUSED;
  #requests = 0;
  #openRequests = 0;
  #pendingPromises = 0;
  #idleSince = 0;
  #isFit = false;
  #told: Limit | undefined;
  #reason: EndReason | undefined;

  constructor(options: IsolateOptions) {
    this.#options = options;
    this.#process = new IsolateProcess(
      options.program,
      options.logFile,
      (report) => this.#hear(report),
    );
    this.#pid = this.#process.pid ?? 0;
    const timer = setInterval(() => this.#look(), LOOK_MILLISECONDS);
    const start = setTimeout(() => this.#process.kill(), START_MILLISECONDS);
    this.#listening.promise.then(() => clearTimeout(start), () => clearTimeout(start));
    this.end = this.#process.ended.then(() => {
      clearInterval(timer);
      this.#isFit = false;
      const end = this.#describeEnd();
      this.#listening.reject(new Error(`The isolate ended before it was ready: ${end.reason}`));
      return end;
    });
  }

  /** Undefined when it has ended. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** Resolves when it takes requests; rejects if it ends before. */
  get ready(): Promise<void> {
    return this.#listening.promise;
  }

  /** Whether it may be given another request now. */
  get isFree(): boolean {
    return this.#isFit && (this.#options.rules.requests === "many" || this.#openRequests === 0);
  }

  /** Passes a request on to it. An isolate that ends meanwhile answers as the platform does. */
  async fetch(request: Request): Promise<Response> {
    this.#requests++;
    this.#openRequests++;
    const { pathname, search } = new URL(request.url);
    try {
      const answer = await fetch(`http://127.0.0.1:${this.#port}${pathname}${search}`, {
        method: request.method,
        headers: request.headers,
        body: request.body ? await request.arrayBuffer() : null,
        redirect: "manual",
        signal: request.signal,
      });
      // It is open as long as the answer is under way.
      const body = await answer.arrayBuffer();
      return new Response(body.byteLength > 0 ? body : null, answer);
    } catch (error) {
      if (request.signal.aborted) throw error;
      return refuse((await this.end).reason);
    } finally {
      this.#openRequests--;
      this.#idleSince = performance.now();
    }
  }

  /** Ends it after it was told why, without waiting for its work. */
  async stop(reason: EndReason): Promise<void> {
    this.#isFit = false;
    this.#reason ??= reason;
    this.#process.order(reason, "exit");
    const timer = setTimeout(() => this.#process.kill(), STOP_MILLISECONDS);
    await this.end;
    clearTimeout(timer);
  }

  /** Ends it at once, without a word. */
  kill(): void {
    this.#isFit = false;
    this.#process.kill();
  }

  #hear(report: Report): void {
    if (report.kind === "background") {
      this.#pendingPromises = report.pending;
      this.#idleSince = performance.now();
      return;
    }
    this.#port = report.port;
    this.#readyAt = this.#idleSince = performance.now();
    this.#loadSeconds = readUsage(this.#pid)?.processorSeconds ?? 0;
    this.#isFit = true;
    this.#listening.resolve();
  }

  /** Does to it what is due by its use. */
  #look(): void {
    if (this.#port === undefined || this.#reason) return;
    const used = readUsage(this.#pid);
    if (!used) return;
    const now = performance.now();
    const { rules } = this.#options;
    this.#usage = {
      lifeSeconds: (now - this.#readyAt) / 1000,
      processorSeconds: used.processorSeconds - this.#loadSeconds,
      memoryBytes: used.memoryBytes,
    };
    const fate = judge(this.#usage, rules);
    // Retired for good: what it has freed since does not count.
    this.#isFit &&= fate.isFit;
    if (fate.killed) {
      this.#reason = fate.killed;
      this.#process.kill();
    } else if (fate.told && !this.#told) {
      this.#told = fate.told;
      this.#process.order(fate.told);
    } else if (this.#isIdle && (!this.#isFit || now - this.#idleSince > rules.idleSeconds * 1000)) {
      this.stop("early_drop");
    }
  }

  get #isIdle(): boolean {
    return this.#openRequests === 0 && this.#pendingPromises === 0;
  }

  #describeEnd(): IsolateEnd {
    return {
      pid: this.#pid,
      reason: this.#reason ?? (this.#port === undefined ? "boot_error" : "crash"),
      requests: this.#requests,
      openRequests: this.#openRequests,
      pendingPromises: this.#pendingPromises,
      ...this.#usage,
    };
  }
}

/** https://supabase.com/docs/guides/functions/error-codes */
function refuse(reason: IsolateEnd["reason"]): Response {
  const isLimit = reason === "wall_clock" || reason === "cpu" || reason === "memory";
  const [status, code] = isLimit ? [546, "WORKER_RESOURCE_LIMIT"] : [500, "WORKER_ERROR"];
  const message = `The isolate ended before it answered: ${reason}`;
  return Response.json({ code, message }, { status, headers: { "sb-error-code": code } });
}
