import { sameStackCommand } from "../../command_line.ts";

/** By what the log lines of a task are found. */
export interface LoggedTask {
  readonly id: string;
  /** The id of its trace, if its app has one, else of its request: every line of it carries that. */
  readonly wanted: string;
  readonly since: Date;
}

/** How to see the log lines of a task, of a local stack or, in the Logs Explorer, on the platform. */
export function logQuery({ id, wanted, since }: LoggedTask, isLocal: boolean): string {
  if (isLocal) return `${sameStackCommand("logs")} ${id}`;
  const text = wanted.replaceAll("'", "''").replaceAll(/[%_\\]/g, "\\$&");
  return [
    "In the Logs Explorer:",
    "  select timestamp, event_message from function_logs",
    `  where event_message like '%${text}%'`,
    `    and timestamp >= '${since.toISOString()}'`,
    "  order by timestamp",
  ].join("\n");
}
