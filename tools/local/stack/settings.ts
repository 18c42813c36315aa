import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { createAuthority } from "../../../testing/certificates.ts";
import { isInitialized } from "./postgres_server.ts";
import { readState, writeState } from "./state_file.ts";

/** What a stack makes up when its data folder is new, and keeps as long as the data. */
const secretsSchema = z.object({
  databasePassword: z.string(),
  jwtSecret: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
  workerSecret: z.string(),
  /** The database's certificate, and the root that it is checked with. */
  databaseTls: z.object({ root: z.string(), certificate: z.string(), key: z.string() }),
});

export type Secrets = z.infer<typeof secretsSchema>;

/** Those of a stack that was made before its database spoke TLS. */
const olderSecretsSchema = secretsSchema.omit({ databaseTls: true });

/** Neighbouring ports: the first is the one users name, the second and third are the CLI's, too. */
export function portsFrom(first: number): Ports {
  return {
    gateway: first,
    database: first + 1,
    studio: first + 2,
    simulators: first + 3,
    generation: first + 4,
    tasksStatus: first + 5,
    account: first + 6,
    operator: first + 7,
    // The last one: tests start more workers behind it.
    worker: first + 8,
  };
}

export interface Ports {
  /** The address apps use, as the platform's. */
  readonly gateway: number;
  readonly database: number;
  /** Auth, Data API, Storage and Studio themselves, without the gateway. */
  readonly studio: number;
  readonly simulators: number;
  readonly generation: number;
  readonly tasksStatus: number;
  readonly worker: number;
  readonly account: number;
  readonly operator: number;
}

/** The test users of the API guide, an operator and the development key, as `supabase/seed.sql` creates them. */
export const SEED = {
  apiKey: "m3d_dev_LocalDevelopmentOnly0123456789ab4Qm6sG",
  users: [
    { email: "test@example.com", password: "password" },
    { email: "test-user@example.com", password: "password" },
  ],
  /** Who sees and changes what goes on; not one of the guide's. */
  operator: { email: "operator@example.com", password: "password" },
} as const;

/** Reads the secrets of a stack's folder, or makes new ones. */
export async function loadSecrets(stackFolder: string): Promise<Secrets> {
  const file = join(stackFolder, "secrets.json");
  const state = await readState(file);
  const known = secretsSchema.safeParse(state);
  if (known.success) return known.data;
  const older = olderSecretsSchema.safeParse(state);
  if (older.success) return await keep(file, older.data);
  if (await isInitialized(stackFolder)) {
    throw new Error(
      `Cannot read ${file}, which has the password of the data beside it. ` +
        "Bring it back, or drop the data with --fresh",
    );
  }

  const random = (): string => randomBytes(24).toString("base64url");
  await Deno.mkdir(stackFolder, { recursive: true });
  return await keep(file, {
    databasePassword: random(),
    jwtSecret: randomBytes(32).toString("hex"),
    publishableKey: `sb_publishable_${random()}`,
    secretKey: `sb_secret_${random()}`,
    workerSecret: random(),
  });
}

async function keep(file: string, others: Omit<Secrets, "databaseTls">): Promise<Secrets> {
  const authority = await createAuthority("MakeIt3D local stack");
  const own = await authority.issue(["127.0.0.1", "localhost"]);
  const secrets = { ...others, databaseTls: { root: authority.certificate, ...own } };
  await writeState(file, secrets);
  return secrets;
}
