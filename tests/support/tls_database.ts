import { type Authority, createAuthority } from "../../testing/certificates.ts";
import { type TlsFront, withTlsFront } from "../../testing/tls_front.ts";
import { type OwnFunctions, withOwnFunctions } from "./own_functions.ts";
import { stack } from "./stack.ts";

export interface TlsDatabase {
  readonly front: TlsFront;
  /** Its URL, and the certificate to check it with. */
  readonly environment: { readonly DATABASE_URL: string; readonly DATABASE_CA: string };
}

/**
 * The database of the stack behind a front that takes TLS and nothing else.
 *
 * @param isForeign Whether the server's certificate is of somebody else.
 */
export async function withTlsDatabase(
  isForeign: boolean,
  test: (database: TlsDatabase) => Promise<void>,
): Promise<void> {
  const authority = await createAuthority("root of the tests");
  const signer: Authority = isForeign ? await createAuthority("somebody else") : authority;
  const options = {
    own: await signer.issue(["127.0.0.1"]),
    enforces: true,
    server: { port: stack.ports.database, root: stack.secrets.databaseTls.root },
  };
  await withTlsFront(options, async (front) => {
    const url = new URL(stack.environment["DATABASE_URL"] ?? "");
    url.port = String(front.port);
    const environment = { DATABASE_URL: url.href, DATABASE_CA: authority.certificate };
    await test({ front, environment });
  });
}

/** The same, with functions on it. */
export async function withTlsFunctions(
  { port, isForeign }: { readonly port: number; readonly isForeign: boolean },
  test: (functions: OwnFunctions, front: TlsFront) => Promise<void>,
): Promise<void> {
  await withTlsDatabase(isForeign, async ({ front, environment: { DATABASE_CA } }) => {
    const options = { port, databasePort: front.port, overrides: { DATABASE_CA } };
    await withOwnFunctions(options, (functions) => test(functions, front));
  });
}
