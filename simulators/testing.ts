/**
 * What the tests of all simulated providers share.
 *
 * @module
 */
import type { Hono } from "hono";
import { createSimulatorApp, type SimulatorOptions } from "./app.ts";
import { drawImage, type ImageOrder } from "./images.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Wait } from "./simulator.ts";

/** A key that every provider takes in this header. */
export const authorization = { authorization: "Bearer sk-simulated" };

/** An app on the day for which the simulators were written. */
export function createTestApp(options: Partial<SimulatorOptions> = {}): Hono {
  const now = (): Date => new Date("2026-11-23T12:00:00Z");
  return createSimulatorApp({ latencyMs: 0, now, ...options });
}

/** A clock that stands still until it is told. */
export class TestClock {
  #time = Date.parse("2026-11-23T12:00:00Z");

  readonly now = (): Date => new Date(this.#time);

  pass(milliseconds: number): void {
    this.#time += milliseconds;
  }
}

/** A wait that takes no time and remembers how long it should have taken. */
export function recordWaits(): { readonly waits: number[]; readonly wait: Wait } {
  const waits: number[] = [];
  return {
    waits,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
}

/** A JSON request with a valid key. */
export function jsonRequest(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { ...authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** A form request with a valid key; the platform sets the content type. */
export function formRequest(
  parts: Iterable<readonly [name: string, value: string | File]>,
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  const body = new FormData();
  for (const [name, value] of parts) body.append(name, value);
  return { method: "POST", headers: { ...authorization, ...headers }, body };
}

/**
 * A picture as a client hands it in; its side is 64 pixels unless told
 * otherwise.
 */
export async function pictureFile(
  order: Partial<ImageOrder> = {},
  type = `image/${order.format ?? "png"}`,
  name = "input.png",
): Promise<File> {
  const bytes = await drawImage({
    width: 64,
    height: 64,
    seed: "input",
    index: 0,
    format: "png",
    ...order,
  });
  return new File([bytes], name, { type });
}

/** The ledger, as the control route shows it. */
export async function readCalls(app: Hono): Promise<readonly LedgerEntry[]> {
  const body: { calls: readonly LedgerEntry[] } = await (await app.request("/_calls")).json();
  return body.calls;
}

export interface FaultOrder {
  readonly kind: string;
  readonly operation?: string;
  readonly times?: number;
  readonly latency_ms?: number;
}

/** Orders a fault for the next call of a provider. */
export async function orderFault(app: Hono, provider: string, fault: FaultOrder): Promise<void> {
  const response = await app.request("/_faults", jsonRequest({ provider, times: 1, ...fault }));
  if (response.status !== 201) {
    throw new Error(`Cannot order the fault: ${await response.text()}`);
  }
}
