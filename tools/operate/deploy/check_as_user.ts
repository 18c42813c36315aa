import { z } from "zod";
import { dryRunBody } from "../../../shared/contract/responses.ts";
import { retry } from "../../../shared/retry.ts";

/** Keys of the platform, in `apikey`. */
export interface ProjectKeys {
  readonly publishable: string;
  /** Creates users and deletes them. */
  readonly secret: string;
}

export interface UserCheck {
  /** As `https://REF.supabase.co`. */
  readonly projectUrl: string;
  readonly functionsUrl: string;
  readonly keys: ProjectKeys;
  /** An API key of ours. */
  readonly apiKey: string;
  /** What is asked for, of a provider that has a key. */
  readonly request: DryRun;
  /** Between tries, in milliseconds: a new function or a new key may be known late. */
  readonly delays?: readonly number[];
}

/** A request that needs no input. */
export interface DryRun {
  readonly operation: "text-to-image" | "text-to-model";
  readonly provider: string;
}

const DELAYS = [1_000, 2_000, 4_000, 8_000];

const userBody = z.object({ id: z.uuid() });
const sessionBody = z.object({ access_token: z.string() });

/**
 * Signs in as a user of its own, who is deleted afterwards, and asks what a request would cost: only
 * that shows that the tokens of the project's users are taken. Throws an error that says what a user
 * would get instead.
 *
 * @returns Why it was not tried, or what keeps requests out though users are let in; undefined if all
 *   is well.
 */
export async function checkAsUser(check: UserCheck): Promise<string | undefined> {
  const { projectUrl, keys } = check;
  const user = await arrange(() => createUser(check));
  if (typeof user === "string") return `No user could be signed in: ${user}`;
  try {
    const token = await arrange(() => signIn(check, user));
    if (typeof token === "string") return `No user could be signed in: ${token}`;
    return await retry(() => askAs(check, token.token), { delays: check.delays ?? DELAYS });
  } finally {
    await arrange(() => askAuth(`${projectUrl}/auth/v1/admin/users/${user.id}`, keys.secret));
  }
}

interface User {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** https://supabase.com/docs/reference/javascript/auth-admin-createuser */
async function createUser({ projectUrl, keys }: UserCheck): Promise<User> {
  const email = `deploy-check-${crypto.randomUUID()}@example.com`;
  const password = `${crypto.randomUUID()}aA1!`;
  const answer = await askAuth(`${projectUrl}/auth/v1/admin/users`, keys.secret, {
    email,
    password,
    email_confirm: true,
  });
  return { ...userBody.parse(answer), email, password };
}

async function signIn(
  { projectUrl, keys }: UserCheck,
  { email, password }: User,
): Promise<{ token: string }> {
  const url = `${projectUrl}/auth/v1/token?grant_type=password`;
  const { access_token } = sessionBody.parse(
    await askAuth(url, keys.publishable, { email, password }),
  );
  return { token: access_token };
}

/** Without a body: deletes. The legacy keys are tokens, and wanted as such, too. */
async function askAuth(url: string, key: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: body === undefined ? "DELETE" : "POST",
    headers: {
      apikey: key,
      "Content-Type": "application/json",
      ...key.startsWith("sb_") ? {} : { Authorization: `Bearer ${key}` },
    },
    ...body !== undefined && { body: JSON.stringify(body) },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Auth answers ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function askAs(
  { functionsUrl, apiKey, request }: UserCheck,
  token: string,
): Promise<string | undefined> {
  const url = `${functionsUrl}/generation/${request.operation}?dry_run=true`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "X-API-Key": apiKey,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      task_id: crypto.randomUUID(),
      provider: request.provider,
      prompt: "A clay robot",
    }),
  });
  const text = await response.text();
  // Paused submits, or a cap that is used up: the user was let in.
  if (response.status === 503) return `Users are let in, but requests are not: ${text}`;
  if (response.status !== 200 || !isDryRun(text)) {
    const advice = response.status === 401
      ? ". If Auth signs with a shared secret (HS256), set JWT_SECRET"
      : "";
    throw new Error(`${url} answers a signed-in user ${response.status}: ${text}${advice}`);
  }
  return undefined;
}

function isDryRun(text: string): boolean {
  try {
    return dryRunBody.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** What cannot be arranged, in words, is no failure of the backend. */
async function arrange<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
