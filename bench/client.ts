import { z } from "zod";

const accepted = z.object({ celery_task_id: z.string() });

/** Where the functions of a stack are, and the key of an app that may call them. */
export interface Endpoint {
  readonly functionsUrl: string;
  readonly apiKey: string;
}

/** A signed-in user of an app, as lean as can be: what is measured is to be the backend. */
export class Client {
  readonly userId: string;
  readonly #functionsUrl: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ functionsUrl, apiKey }: Endpoint, userId: string, token: string) {
    this.userId = userId;
    this.#functionsUrl = functionsUrl;
    this.#headers = {
      "X-API-Key": apiKey,
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
    return await fetch(`${this.#functionsUrl}/generation/text-to-image`, {
      method: "POST",
      headers: this.#headers,
      body: JSON.stringify({ task_id: crypto.randomUUID(), provider: "openai", prompt }),
    });
  }

  async readStatus(id: string): Promise<void> {
    const response = await fetch(`${this.#functionsUrl}/tasks/${id}/status`, {
      headers: this.#headers,
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`No status: ${text}`);
  }
}

/** Returns the next of them at each call, for ever. */
export function inTurns<T>(first: T, ...others: readonly T[]): () => T {
  const all = [first, ...others];
  let calls = 0;
  return () => all[calls++ % all.length] ?? first;
}

/** Wakes the worker as the schedule does. */
export async function wakeWorkerAt(functionsUrl: string, secret: string): Promise<void> {
  const headers = { apikey: secret };
  const response = await fetch(`${functionsUrl}/worker`, { method: "POST", headers });
  if (!response.ok) throw new Error(`Worker not woken: ${await response.text()}`);
  await response.body?.cancel();
}
