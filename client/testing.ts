import type { Clock } from "./clock.ts";
import { MakeIt3D } from "./client.ts";
import type { PendingStorage } from "./pending.ts";

/** Time that passes only where somebody waits. */
export class DrivenClock implements Clock {
  readonly slept: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    this.#now += milliseconds;
    // Whatever takes no time is done first.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
}

/** A request as the backend gets it. */
export interface Asked {
  readonly method: string;
  /** Below the address of the functions, with its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown> | undefined;
  readonly signal: AbortSignal;
}

export type Answer = (asked: Asked) => Response | Promise<Response>;

/** The body of a status. */
export function status(fields: Record<string, unknown> = {}): Response {
  return Response.json({
    task_id: "id-1",
    client_task_id: "task-1",
    status: "pending",
    operation: "text-to-image",
    provider: "openai",
    created_at: "2026-11-29T09:30:00.000Z",
    ...fields,
  });
}

export function refusal(
  code: string,
  status: number,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error: code, message: `No: ${code}` }, { status, headers });
}

/** A connection that breaks. */
export function noNetwork(): Promise<Response> {
  return Promise.reject(new TypeError("Failed to fetch"));
}

/** A client of a backend that answers as told. */
export function fakeBackend(answer: Answer, storage: PendingStorage = keptItems()): {
  readonly client: MakeIt3D;
  readonly clock: DrivenClock;
  readonly asked: readonly Asked[];
  readonly storage: PendingStorage;
} {
  const asked: Asked[] = [];
  const clock = new DrivenClock();
  const fetch = async (
    input: string | URL | Request,
    init: RequestInit = {},
  ): Promise<Response> => {
    const { body, method = "GET", signal } = init;
    const path = String(input).split("/functions/v1/")[1] ?? new URL(String(input)).pathname;
    const one = {
      method,
      path,
      headers: new Headers(init.headers),
      body: typeof body === "string" ? JSON.parse(body) : undefined,
      signal: signal ?? new AbortController().signal,
    };
    asked.push(one);
    return await answer(one);
  };
  const accessToken = (): Promise<string> => Promise.resolve(TOKEN);
  const options = { url: "https://ref.supabase.co", apiKey: "key", accessToken, storage, fetch };
  return { client: new MakeIt3D(options, clock), clock, asked, storage };
}

/** A token of the user `user-1`, which nobody has signed. */
export const TOKEN = `e30.${btoa(JSON.stringify({ sub: "user-1" }))}.`;

export function keptItems(): PendingStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

/** Answers one after the other; the last one from then on. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (asked) => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    if (!answer) throw new Error("No answer");
    return answer(asked);
  };
}
