import type { Log } from "./log.ts";

/** Warns of a connection that could be encrypted and is not: once for an isolate, for it has many. */
export function logClearText(log: Pick<Log, "warn">): (reason: string) => void {
  let isTold = false;
  return (reason) => {
    if (isTold) return;
    isTold = true;
    const advice = "set DATABASE_CA to its root certificate";
    log.warn("database in clear text", { reason, advice });
  };
}
