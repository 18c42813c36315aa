import type {
  CallsBody,
  FaultsBody,
  KilledBody,
  RestartedBody,
} from "../../tools/local/stack/control/bodies.ts";
import type { Fault } from "../../simulators/faults.ts";

export type { CallsBody, Fault, FaultsBody };

/** What the local stack lets its own page do, and nobody else. */
export const control = {
  calls: (signal: AbortSignal): Promise<CallsBody> => ask("_calls", { signal }),
  faults: (signal: AbortSignal): Promise<FaultsBody> => ask("_faults", { signal }),
  order: (fault: Fault): Promise<Fault> => send("_faults", fault),
  forget: async (): Promise<void> => {
    await ask<unknown>("_faults", { method: "DELETE" });
  },
  killWorker: (): Promise<KilledBody> => send("_worker/kill", {}),
  restartPostgres: (): Promise<RestartedBody> => send("_postgres/restart", {}),
};

function send<T>(path: string, body: unknown): Promise<T> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The page stands at the root of the gateway, which has the routes. Throws its words. */
async function ask<T>(path: string, request: RequestInit): Promise<T> {
  const response = await fetch(path, request);
  const text = await response.text();
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
  throw new Error(messageIn(text) ?? `The stack answers ${response.status}`);
}

function messageIn(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text);
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
