/**
 * How to find the log lines of a task: on the platform in the Logs Explorer, locally in the folder of the
 * stack. Every line of a request, from the submit to the provider call, carries the request id; and that
 * of its trace, if its app has one, which the app's other requests for it carry, too.
 *
 * @param wanted The id of the request, or of the trace.
 */
export function logQuery(wanted: string, since: Date): string {
  const id = wanted.replaceAll("'", "''").replaceAll(/[%_\\]/g, "\\$&");
  return [
    "On the platform, in the Logs Explorer:",
    "  select timestamp, event_message from function_logs",
    `  where event_message like '%${id}%'`,
    `    and timestamp >= '${since.toISOString()}'`,
    "  order by timestamp",
    "On the local stack:",
    `  grep -h -F ${shellQuoted(wanted)} .dev/*/logs/*.log`,
  ].join("\n");
}

/** A request id is the client's choice. */
function shellQuoted(text: string): string {
  return `-- '${text.replaceAll("'", `'\\''`)}'`;
}
