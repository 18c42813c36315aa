/**
 * How to find the log lines of a task: on the platform in the Logs Explorer, locally in the folder of the
 * stack. Every line of a request, from the submit to the provider call, carries the request id.
 */
export function logQuery(requestId: string, since: Date): string {
  const id = requestId.replaceAll("'", "''").replaceAll(/[%_\\]/g, "\\$&");
  return [
    "On the platform, in the Logs Explorer:",
    "  select timestamp, event_message from function_logs",
    `  where event_message like '%${id}%'`,
    `    and timestamp >= '${since.toISOString()}'`,
    "  order by timestamp",
    "On the local stack:",
    `  grep -h -F ${shellQuoted(requestId)} .dev/*/logs/*.log`,
  ].join("\n");
}

/** A request id is the client's choice. */
function shellQuoted(text: string): string {
  return `-- '${text.replaceAll("'", `'\\''`)}'`;
}
