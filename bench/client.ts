import { createClient } from "@supabase/supabase-js";
import { z } from "zod";
import { SEED } from "../dev/stack/settings.ts";
import { functionsUrl, projectUrl, secrets } from "./stack.ts";

const accepted = z.object({ celery_task_id: z.string() });

/** An app's side of the API, as lean as can be: what is measured is to be the backend. */
export class Client {
  readonly userId: string;
  readonly #headers: Readonly<Record<string, string>>;

  private constructor(userId: string, token: string) {
    this.userId = userId;
    this.#headers = {
      "X-API-Key": SEED.apiKey,
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
    };
  }

  static async signIn(): Promise<Client> {
    const { auth } = createClient(projectUrl, secrets.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    const { data, error } = await auth.signInWithPassword(SEED.users[0]);
    if (error) throw error;
    return new Client(data.user.id, data.session.access_token);
  }

  /** Submits under a new task_id. Returns the task's id; throws if it is not accepted. */
  async submit(prompt = "A red cube"): Promise<string> {
    const response = await fetch(`${functionsUrl}/generation/text-to-image`, {
      method: "POST",
      headers: this.#headers,
      body: JSON.stringify({ task_id: crypto.randomUUID(), provider: "openai", prompt }),
    });
    if (response.status !== 202) throw new Error(`Not accepted: ${await response.text()}`);
    return accepted.parse(await response.json()).celery_task_id;
  }

  async readStatus(id: string): Promise<void> {
    const response = await fetch(`${functionsUrl}/tasks/${id}/status`, { headers: this.#headers });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`No status: ${text}`);
  }
}

/** Wakes the worker as the schedule does. */
export async function wakeWorker(): Promise<void> {
  const headers = { apikey: secrets.workerSecret };
  const response = await fetch(`${functionsUrl}/worker`, { method: "POST", headers });
  if (!response.ok) throw new Error(`Worker not woken: ${await response.text()}`);
  await response.body?.cancel();
}
