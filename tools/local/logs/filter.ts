import type { LogEntry } from "./entry.ts";

/** What a person wants to see. */
export interface Wanted {
  /** Of a task, a request or a trace; without one all. */
  readonly id?: string | undefined;
  /** Whether reads of a status, of which an app makes one a second, are wanted, too. */
  readonly polls: boolean;
}

/**
 * Whether an entry is wanted: it names the id, or the request of an entry that did. Entries are asked
 * about in their order.
 */
export function createFilter({ id, polls }: Wanted): (entry: LogEntry) => boolean {
  const ids = new Set<unknown>([id]);
  return (entry) => {
    if (!polls && isPoll(entry)) return false;
    if (id === undefined) return true;
    const request = entry.details["request_id"];
    if (!entry.text.includes(id) && !ids.has(request)) return false;
    if (request !== undefined) ids.add(request);
    return true;
  };
}

/** A status that was read and answered: what went wrong with one is no poll. */
function isPoll({ service, event, details }: LogEntry): boolean {
  const { method, status } = details;
  return service === "tasks-status" && event === "request" && method === "GET" &&
    (status === 200 || status === 304);
}
