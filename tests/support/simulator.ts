import { z } from "zod";
import { stack } from "./stack.ts";

const callsBody = z.object({
  calls: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      operation: z.string(),
      request: z.looseObject({}),
    }),
  ),
});

/** A purchase on the books of a simulated provider. */
export type Purchase = z.infer<typeof callsBody>["calls"][number];

export interface Fault {
  /** Default: OpenAI. */
  readonly provider?: string;
  /** Default: any that is billed. */
  readonly operation?: string;
  readonly kind: string;
  readonly times: number;
  readonly latency_ms?: number;
}

/** Every purchase, oldest first. */
export async function readPurchases(): Promise<readonly Purchase[]> {
  const response = await fetch(`${stack.simulatorUrl}/_calls`);
  return callsBody.parse(await response.json()).calls;
}

const headersBody = z.object({ headers: z.array(z.string()) });

/** Names of all headers that simulated providers were ever sent, in lower case. */
export async function readHeaderNames(): Promise<readonly string[]> {
  const response = await fetch(`${stack.simulatorUrl}/_headers`);
  return headersBody.parse(await response.json()).headers;
}

/** How many purchases are on the books for a prompt. */
export async function purchasesOf(prompt: string): Promise<number> {
  return (await readPurchases()).filter(({ request }) => request["prompt"] === prompt).length;
}

/** Lets the next calls of simulated providers go wrong while the work is done. */
export async function withFaults<T>(faults: readonly Fault[], work: () => Promise<T>): Promise<T> {
  for (const fault of faults) {
    const response = await fetch(`${stack.simulatorUrl}/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ provider: "openai", ...fault }),
    });
    if (!response.ok) throw new Error(`Fault refused: ${await response.text()}`);
    await response.body?.cancel();
  }
  try {
    return await work();
  } finally {
    const response = await fetch(`${stack.simulatorUrl}/_faults`, { method: "DELETE" });
    await response.body?.cancel();
  }
}
