import { PLATFORM_ROOTS } from "./platform_roots.ts";

/** How a connection to the database is protected. */
export interface TlsRules {
  /**
   * `demanded`: TLS or no connection. `offered`: TLS where the server offers it with a certificate that
   * can be checked, else clear text. `never`: clear text.
   */
  readonly use: "demanded" | "offered" | "never";
  /** Root certificates beside the public ones, as PEM. */
  readonly roots: readonly string[];
}

/** What `sslmode` of a URL may be, as libpq has it, and what it means here. */
const MODES: Readonly<Record<string, TlsRules["use"]>> = {
  disable: "never",
  allow: "offered",
  prefer: "offered",
  require: "demanded",
  "verify-ca": "demanded",
  "verify-full": "demanded",
};

export const TLS_MODES = Object.keys(MODES);

/** Parameters of a URL that are for the client and not for the server, which would refuse them. */
const CLIENT_PARAMETERS = /^ssl/;

export interface ProtectedUrl {
  /** The URL without what concerns TLS. */
  readonly url: string;
  readonly rules: TlsRules;
}

/**
 * What the URL and the setting DATABASE_CA say of TLS. Whoever gives a root certificate wants it used,
 * so it demands TLS, unless the URL says otherwise.
 *
 * Encrypted means checked, the host name included, whatever the mode: Deno 2.1.4, which the platform
 * runs, cannot do without (`Deno.startTls`; what `node:tls` has there ends in timeouts,
 * https://github.com/denoland/deno/issues/28526).
 *
 * @param ca Root certificate as PEM; without it the platform's are known.
 */
export function readTls(address: string, ca: string | undefined): ProtectedUrl {
  const url = new URL(address);
  const mode = url.searchParams.get("sslmode") ?? "";
  for (const name of [...url.searchParams.keys()]) {
    if (CLIENT_PARAMETERS.test(name)) url.searchParams.delete(name);
  }
  return {
    url: url.href,
    rules: {
      use: MODES[mode] ?? (ca ? "demanded" : "offered"),
      roots: ca ? [ca] : PLATFORM_ROOTS,
    },
  };
}
