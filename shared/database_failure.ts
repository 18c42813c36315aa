/** The answer to a statement took too long. Whether the statement was done is not known. */
export class DatabaseTimeout extends Error {
  override readonly name = "DatabaseTimeout";
}

/** Codes of postgres.js and of the system for a database that cannot be reached. */
const CONNECTION_CODES = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "DATABASE_TLS",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * Classes of SQLSTATE, and single codes, for a database that cannot serve now and will later
 * (https://www.postgresql.org/docs/17/errcodes-appendix.html).
 */
const PASSING_STATES = new RegExp(
  "^(?:" + [
    "08", // Connection exception
    "25006", // Read-only transaction: the platform's mode for a disk that is nearly full
    "40", // Transaction rollback: a deadlock, a conflict
    "53", // Insufficient resources: disk, memory, connections
    "55006", // Object in use
    "55P03", // Lock not available
    "57", // Operator intervention: shutting down, starting, a statement that was canceled
    "58", // System error: input or output
  ].join("|") + ")",
);

/** Five capital letters or digits; codes of the system may look like it, and begin with a letter. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Whether an error says that the database cannot serve now, and that the same may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseTimeout) return true;
  const { code } = textsOf(error);
  return isConnectionLost(error) || (SQLSTATE.test(code) && PASSING_STATES.test(code));
}

/** Whether an error says that a connection was refused or has ended, whatever for. */
export function isConnectionLost(error: unknown): boolean {
  const { code, severity } = textsOf(error);
  // Poolers use SQLSTATEs of their own.
  return CONNECTION_CODES.has(code) || (SQLSTATE.test(code) && severity === "FATAL");
}

/** Whether an error says that the database can be read and not be written to. */
export function isReadOnly(error: unknown): boolean {
  const { code } = textsOf(error);
  return code === "25006" || code === "53100";
}

function textsOf(error: unknown): { readonly code: string; readonly severity: string } {
  if (!(error instanceof Error)) return { code: "", severity: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const severity = "severity" in error && typeof error.severity === "string" ? error.severity : "";
  return { code, severity };
}
