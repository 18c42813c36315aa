import { type Authority, createAuthority } from "../../testing/certificates.ts";
import { type TlsFront, withTlsFront } from "../../testing/tls_front.ts";
import { type OwnFunctions, type OwnFunctionsOptions, withOwnFunctions } from "./own_functions.ts";
import { stack } from "./stack.ts";

export interface TlsDatabase {
  readonly functions: OwnFunctions;
  readonly front: TlsFront;
  /** The URL of the database, and the certificate that the functions check it with. */
  readonly environment: { readonly DATABASE_URL: string; readonly DATABASE_CA: string };
}

export interface TlsDatabaseOptions extends OwnFunctionsOptions {
  /** Whether the server's certificate is of somebody else. */
  readonly isForeign?: boolean;
}

/** Runs functions whose database takes TLS and nothing else: that of the stack, behind a front. */
export async function withTlsDatabase(
  { isForeign = false, ...options }: TlsDatabaseOptions,
  test: (database: TlsDatabase) => Promise<void>,
): Promise<void> {
  const authority = await createAuthority("root of the tests");
  const signer: Authority = isForeign ? await createAuthority("somebody else") : authority;
  const front = {
    own: await signer.issue(["127.0.0.1"]),
    enforces: true,
    serverPort: stack.ports.database,
  };
  await withTlsFront(front, async (front) => {
    const url = new URL(stack.environment["DATABASE_URL"] ?? "");
    url.port = String(front.port);
    const environment = { DATABASE_URL: url.href, DATABASE_CA: authority.certificate };
    const overrides = { DATABASE_CA: authority.certificate, ...options.overrides };
    await withOwnFunctions(
      { ...options, databasePort: front.port, overrides },
      (functions) => test({ functions, front, environment }),
    );
  });
}
