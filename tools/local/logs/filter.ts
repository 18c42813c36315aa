import type { LogEntry } from "./entry.ts";

/**
 * Whether an entry is about a task or a request: it names the id, or the request of an entry that did.
 * Without an id all are. Entries are asked about in their order.
 */
export function createFilter(id: string | undefined): (entry: LogEntry) => boolean {
  if (id === undefined) return () => true;
  const ids = new Set([id]);
  return ({ text, details }) => {
    const request = details["request_id"];
    if (!text.includes(id) && !(typeof request === "string" && ids.has(request))) return false;
    if (typeof request === "string") ids.add(request);
    return true;
  };
}
