import { SignJWT } from "jose";
import type postgres from "postgres";
import { z } from "zod";
import { SEED } from "../tools/local/stack/settings.ts";
import { functionsUrl, secrets } from "./stack.ts";

const accepted = z.object({ celery_task_id: z.string() });

/** A signed-in user of an app, as lean as can be: what is measured is to be the backend. */
export class Client {
  readonly userId: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(userId: string, token: string) {
    this.userId = userId;
    this.#headers = {
      "X-API-Key": SEED.apiKey,
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
    };
  }

  /** Submits under a new task_id. Returns the task's id; throws if it is not accepted. */
  async submit(prompt = "A red cube"): Promise<string> {
    const response = await this.#post(prompt);
    if (response.status !== 202) throw new Error(`Not accepted: ${await response.text()}`);
    return accepted.parse(await response.json()).celery_task_id;
  }

  /** Submits what must be refused because the user is at a limit. */
  async submitInVain(): Promise<void> {
    const response = await this.#post("A red cube");
    const text = await response.text();
    if (response.status !== 429) throw new Error(`Not refused: ${response.status} ${text}`);
  }

  async #post(prompt: string): Promise<Response> {
    return await fetch(`${functionsUrl}/generation/text-to-image`, {
      method: "POST",
      headers: this.#headers,
      body: JSON.stringify({ task_id: crypto.randomUUID(), provider: "openai", prompt }),
    });
  }

  async readStatus(id: string): Promise<void> {
    const response = await fetch(`${functionsUrl}/tasks/${id}/status`, { headers: this.#headers });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`No status: ${text}`);
  }
}

/** Users with an account and a token each, which Auth itself would take a password's time to make. */
export async function createClients(sql: postgres.Sql, count: number): Promise<Client[]> {
  const users = await sql<{ id: string }[]>`
    insert into auth.users (id, aud, role, email, created_at, updated_at)
    select
      gen_random_uuid(), 'authenticated', 'authenticated', 'bench-' || gen_random_uuid() || '@example.com',
      now(), now()
    from generate_series(1, ${count}::integer)
    returning id
  `;
  return await Promise.all(users.map(async ({ id }) => new Client(id, await signToken(id))));
}

async function signToken(userId: string): Promise<string> {
  return await new SignJWT({ role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience("authenticated")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secrets.jwtSecret));
}

/** Returns the next of them at each call, for ever. */
export function inTurns<T>(first: T, ...others: readonly T[]): () => T {
  const all = [first, ...others];
  let calls = 0;
  return () => all[calls++ % all.length] ?? first;
}

/** Wakes the worker as the schedule does. */
export async function wakeWorker(): Promise<void> {
  const headers = { apikey: secrets.workerSecret };
  const response = await fetch(`${functionsUrl}/worker`, { method: "POST", headers });
  if (!response.ok) throw new Error(`Worker not woken: ${await response.text()}`);
  await response.body?.cancel();
}
