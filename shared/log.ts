import { currentTrace } from "./current_trace.ts";
import { createRedact, type Redact, redactShapes } from "./redact.ts";

/** A stack with those of its causes is worth more than what others said. */
const MAX_ERROR = 8_000;

/** What every line of one request or task carries. */
export interface LogContext {
  readonly request_id?: string;
  readonly task_id?: string;
  readonly user_id?: string;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log: one JSON object a line. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
  /** A log whose lines carry the context, too. */
  with(context: LogContext): Log;
}

/**
 * A log for one function. `write` takes a whole line; the platform keeps what goes to the console.
 * Nothing secret is in it: not in what failed, and not in what others said. What is written in a trace
 * carries its id.
 */
export function createLog(
  functionName: string,
  write: (line: string) => void,
  redact: Redact = redactShapes,
  context: LogContext = {},
): Log {
  const line = (level: string, event: string, fields: LogFields = {}): void =>
    writeOrLose(
      write,
      JSON.stringify(
        {
          time: new Date().toISOString(),
          level,
          function: functionName,
          event,
          trace_id: currentTrace()?.traceId,
          ...context,
          ...fields,
        },
        (field, value) => {
          if (typeof value !== "string") return value;
          return field === "error" ? redact(value, MAX_ERROR) : redact(value);
        },
      ),
    );
  return {
    info: (event, fields) => line("info", event, fields),
    warn: (event, fields) => line("warn", event, fields),
    error: (event, error, fields) => line("error", event, { ...fields, error: describe(error) }),
    with: (more) => createLog(functionName, write, redact, { ...context, ...more }),
  };
}

/** No request fails for a line that cannot be written: the disk below the log may be full. */
function writeOrLose(write: (line: string) => void, line: string): void {
  try {
    write(line);
  } catch {
    // There is nowhere to tell it.
  }
}

/** The error with its stack and causes, because a log line is all an operator will have. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const words = error.stack ?? error.message;
  return error.cause === undefined ? words : `${words}\nCaused by: ${describe(error.cause)}`;
}

/** The log of a function on the platform, which keeps what is written to the console. */
export function consoleLog(functionName: string, secrets: readonly string[]): Log {
  // deno-lint-ignore no-console -- the one place where the console is the destination
  return createLog(functionName, (line) => console.log(line), createRedact(secrets));
}
