import { TLS_MODES } from "./database_tls.ts";

/** The word that the dashboard puts where the password belongs. */
const PLACEHOLDER = /^\[(?:your|db|database)?[-_ ]?password\]$|^your[-_]password$/i;

const ENCODED = "In its password, write # as %23, / as %2F, ? as %3F, @ as %40 and % as %25";

/**
 * What is wrong with the address of a database, and what to do; undefined if nothing is. It never has
 * anything of the address in it, which has a password.
 */
export function faultOfDatabaseAddress(address: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(address)) return "must begin with postgresql://";
  if (!URL.canParse(address)) return `is not a URL. ${ENCODED}`;
  const { hostname, username, password, hash, pathname, searchParams } = new URL(address);
  if (PLACEHOLDER.test(decoded(password) ?? "")) {
    return "has a placeholder where the password belongs: put the database's password there";
  }
  // A sign of the password has ended the address before the host was named.
  const isBrokenOff = hash !== "" || username === "" || pathname.includes("@") ||
    [...searchParams].flat().some((part) => part.includes("@"));
  if (isBrokenOff || hostname === "") {
    return `is no postgresql://USER:PASSWORD@HOST:PORT/postgres. ${ENCODED}`;
  }
  if (decoded(username) === undefined || decoded(password) === undefined) {
    return `has a % that encodes nothing. ${ENCODED}`;
  }
  const mode = searchParams.get("sslmode");
  if (mode === null || TLS_MODES.includes(mode)) return undefined;
  return `has an unknown sslmode: ${TLS_MODES.join(", ")}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
